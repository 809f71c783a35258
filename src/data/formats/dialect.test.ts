import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvRows, type CsvRowsOptions } from './csv-rows.ts'

function read(text: string, options?: CsvRowsOptions) {
  const table = new CsvRows(options)
  const rows = [...table.push(text), ...table.end()]
  return { columns: table.columns, rows: rows.map(({ cells }) => cells), lines: rows.map(({ line }) => line) }
}

describe('the separator is the one by which all lines fall into as many cells', () => {
  test.each([
    [
      'a decimal comma between semicolons',
      'Temp;Druck\n18,8;1019,3\n;1020,7\n',
      [
        ['18,8', '1019,3'],
        ['', '1020,7'],
      ],
    ],
    [
      'without names',
      '08/01/2016;A;-14.696,27\n09/01/2016;A;-6.825,96\n',
      [
        ['08/01/2016', 'A', '-14.696,27'],
        ['09/01/2016', 'A', '-6.825,96'],
      ],
    ],
    [
      'a comma in each line between tabs',
      '121,78\t49,89\n120,62\t49,26\n',
      [
        ['121,78', '49,89'],
        ['120,62', '49,26'],
      ],
    ],
    [
      'thousands between tabs',
      'region\tpop\ns\t4,843,403\nn\t7,122,239\n',
      [
        ['s', '4,843,403'],
        ['n', '7,122,239'],
      ],
    ],
    [
      'a comma in a phrase',
      'id;name\n1;Doe, John\n2;Roe, Jane\n',
      [
        ['1', 'Doe, John'],
        ['2', 'Roe, Jane'],
      ],
    ],
    [
      'a comma in every phrase',
      'last, first;n\nDoe, John;1\nRoe, Jane;2\n',
      [
        ['Doe, John', '1'],
        ['Roe, Jane', '2'],
      ],
    ],
    [
      'semicolons in the cells of commas',
      'tags,n\na;b,1\nc;d,2\n',
      [
        ['a;b', '1'],
        ['c;d', '2'],
      ],
    ],
    [
      'semicolons in all cells of commas',
      'x;y,n;m\na;b,c;d\ne;f,g;h\n',
      [
        ['a;b', 'c;d'],
        ['e;f', 'g;h'],
      ],
    ],
    [
      'runs of blanks',
      '   -1.26    -0.19  1\n    0.34    -1.79  2\n',
      [
        ['-1.26', '-0.19', '1'],
        ['0.34', '-1.79', '2'],
      ],
    ],
    [
      'runs of blanks with quotes',
      'mpg  name\n18.0\t"a b"\n 15  "c"\n',
      [
        ['18.0', 'a b'],
        ['15', 'c'],
      ],
    ],
    ['other quotes in each', 'a;b\n"1;2";"x,y"\n', [['1;2', 'x,y']]],
  ])('%s', (_, text, rows) => {
    expect(read(text).rows).toEqual(rows)
  })

  test('single quotes stand around cells where all of a column, or as many cells in each row, say so', () => {
    expect(read("id,name,t\n0,'Bern, city',9\n1,'O''Hara',8\n")).toMatchObject({
      columns: ['id', 'name', 't'],
      rows: [
        ['0', 'Bern, city', '9'],
        ['1', "O'Hara", '8'],
      ],
    })
    expect(read("name,n\n'a',1\n'b',2\n").rows).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
    expect(read("name,n\n't Hooft,1\nO'Hara,2\n").rows).toEqual([
      ["'t Hooft", '1'],
      ["O'Hara", '2'],
    ])
  })

  test('words of a text are no cells', () => {
    expect(read('city\nNew York\nLos Angeles\n').columns).toEqual(['city'])
    expect(read('city name\nNew York\nLos Angeles\n').columns).toEqual(['city name'])
  })

  test('a line that says it', () => {
    expect(read('sep=;\r\na;b\r\n1,5;2\r\n')).toEqual({
      columns: ['a', 'b'],
      rows: [['1,5', '2']],
      lines: [3],
    })
    expect(read('\ufeffsep=^\na^b\n1^2\n')).toMatchObject({ columns: ['a', 'b'], rows: [['1', '2']] })
  })

  test('the one that is said, by a character or a word', () => {
    expect(read('a,b;c\n1,2;3\n', { separator: ',' }).columns).toEqual(['a', 'b;c'])
    expect(read('a b\tc\n1 2\t3\n', { separator: 'blanks' }).columns).toEqual(['a', 'b', 'c'])
    expect(read('a b\tc\n1 2\t3\n', { separator: 'tab' }).columns).toEqual(['a b', 'c'])
  })

  test('one that a model’s own table had is looked for, too', () => {
    const usual = { separator: '^' }
    expect(read('a^b\n1^2\n', { usual }).columns).toEqual(['a', 'b'])
    expect(read('a,b\n1,2\n', { usual }).columns).toEqual(['a', 'b'])
  })
})

const gaussians = Array.from({ length: 30 }, (_, row) => [
  Math.sin(row),
  Math.cos(3 * row),
  Math.sin(row * row),
])
const lines = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join(',')).join('\n')

describe('the first line names the columns', () => {
  test.each([
    ['years', 'country,2019,2020,2021\nc0,5.218,76,0.113\nc1,6.139,37,-1.481\nc2,7.9,22,-0.58\n', true],
    ['years, of which some pass', 'country,2000,2005,2020\na,1900,3,4\nb,5,2,7\n', true],
    ['one year among names', 'country,code,1999\na,7,1.5\nb,8,2.5\n', true],
    ['numbers from 0, as pandas counts', `0,1,2\n${lines(gaussians)}`, true],
    ['numbers from 0, over pixels', `0,1,2,3,4\n${'0,0,12,255,0\n0,3,9,0,0\n'.repeat(9)}`, true],
    ['a nameless one and numbers from 0', `,0,1,2\n${lines(gaussians.map((row, at) => [at, ...row]))}`, true],
    [
      'wavelengths',
      `400.5,401.2,402,403,404.9,405\n${lines(gaussians.map((row) => [...row, ...row]))}`,
      true,
    ],
    ['words over numbers, and a number', 'id,2,name\n1,0.5,a\n2,1.5,b\n', true],
    ['days over numbers, among names', 'Province,Lat,1/22/20,1/23/20\n,20.5,0,0\nB,21.5,1,4\n', true],
    ['nothing but days', '2023-01-01,2023-02-01\n8.95,23.0\n10.42,20.6\n', true],
    ['times of day', 'day,08:00,12:00\nD0,1669.51,0.06\nD1,1085.77,0.65\n', true],
    ['ordinals', 'id,city,2nd\n0,a,1669.51\n1,a,1085.77\n', true],
    ['distances', 'runner,5k,10k\n0,1669,3339\n1,1085,2171\n', true],
    ['percentages', 'id,50%,90%\nC0,8.95,23\nC1,10.42,20\n', true],
    ['numbers over words', `2019,2020\n${'yes,no\nno,no\n'.repeat(3)}`, true],
    ['one name, and 0, 1, 2 over whole numbers', 'id,0,1,2\n7,4,0,9\n8,4,4,1\n9,0,3,2\n', true],
    ['one name over numbers alone', `id,7,8,9\n${'5,1,2,3\n6,2,3,3\n'.repeat(3)}`, true],
    ['words over words', 'name,city\nAnn,Rome\nBob,Oslo\n', true],
    ['numbers over like numbers', '5.4,0.3,Iris-b\n5.3,2.3,Iris-b\n6.7,2.9,Iris-b\n', false],
    ['whole numbers over whole ones', '1,2\n3,4\n', false],
    ['small counts', '1,2,3\n3,1,2\n1,2,3\n2,2,1\n', false],
    ['years over years', '1999,2000\n1998,2001\n2003,2005\n', false],
    ['levels that come up again', 'p,x,s\ne,x,s\np,y,s\ne,x,t\n', false],
    ['a gap over numbers', '?,3,1\n4,5,6\n7,8,9\n', false],
    ['dates over dates', '2020-01-01,5\n2020-01-02,6\n', false],
    ['days over instants', '2020-01-01,5\n2020-01-02 10:00,6\n2020-01-03 11:00,9\n', false],
    ['percentages over percentages', '5%,Rome,3\n7%,Oslo,4\n12%,Bern,1\n', false],
    ['numbers of which some have units', '5k,3\n700,4\n12k,1\n950,1\n', false],
    ['words and numbers over the like', '7,Bern,2020-01-01,5%\n8,Rome,2020-01-02,6%\n', false],
    ['a word among numbers where others are, too', `DNF,3,7\n${'4,2,9\n'.repeat(20)}DNF,1,1\n`, false],
  ])('%s', (_, text, named) => {
    const { columns, rows } = read(text)
    const first = text.split('\n')[0].split(',')
    expect(columns).toEqual(named ? first : first.map((_, at) => `${at}`))
    expect(rows).toHaveLength(text.trim().split('\n').length - (named ? 1 : 0))
  })

  test('where columns disagree, what was decided is said', () => {
    const notesOf = (text: string, options?: CsvRowsOptions) => {
      const table = new CsvRows(options)
      for (const _ of [...table.push(text), ...table.end()]);
      return table.notes
    }
    const named = `id,7,8,9\n${'5,1,2,3\n'.repeat(6)}`
    expect(notesOf(named)).toEqual([expect.stringContaining('taken for names of columns')])
    expect(notesOf('DNF,3,7\n4,2,9\n')).toEqual([expect.stringContaining('taken for a row')])
    expect(notesOf(named, { header: true })).toEqual([])
    expect(notesOf('id,2020-01-01\n1,5\n2,6\n')).toEqual([])
  })

  test('where that is said', () => {
    expect(read('1,2\n3,4\n', { header: true }).columns).toEqual(['1', '2'])
    expect(read('a,b\n3,4\n', { header: false }).columns).toEqual(['0', '1'])
  })

  test('names that a model knows, or else as its own table had it', () => {
    const usual = { header: false }
    expect(read('p,x\ne,y\n', { usual, known: ['0', '1'] })).toMatchObject({
      columns: ['0', '1'],
      rows: [
        ['p', 'x'],
        ['e', 'y'],
      ],
    })
    expect(read('0,1\np,x\ne,y\n', { usual, known: ['0', '1'] })).toMatchObject({
      columns: ['0', '1'],
      rows: [
        ['p', 'x'],
        ['e', 'y'],
      ],
    })
    expect(read('0,1\n0,1\n1,0\n0,1\n', { usual, known: ['0', '1'] }).rows).toHaveLength(4)
    expect(read('b,x,a\nb,y,c\nb,x,c\n', { known: ['b', 'a'] }).columns).toEqual(['b', 'x', 'a'])
  })
})

describe('what stands around a table is passed over', () => {
  test('comments, with the names where they are in one', () => {
    expect(read('# made by hand\n#\n\na,b\n1,2\n# half\n3,4\n')).toEqual({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      lines: [5, 7],
    })
    expect(read('# a, b\n1,2\n3,4\n')).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(read('# x y\n1.5e+00 2.0e+00\n3.5e+00 4.0e+00\n')).toMatchObject({ columns: ['x', 'y'] })
    expect(read('##version\n#CHROM\tPOS\n1\t2\n')).toMatchObject({
      columns: ['#CHROM', 'POS'],
      rows: [['1', '2']],
    })
    expect(read('color,n\n#ff0000,1\n#00ff00,2\n').rows).toHaveLength(2)
    expect(read('#,n\n1,2.5\n2,3.5\n')).toMatchObject({ columns: ['#', 'n'] })
  })

  test('titles', () => {
    expect(read('Sales of 2020\n\nregion,units,price\nn,1,2\ns,3,4\n')).toEqual({
      columns: ['region', 'units', 'price'],
      rows: [
        ['n', '1', '2'],
        ['s', '3', '4'],
      ],
      lines: [4, 5],
    })
    expect(read('Sales,,\n,,\nregion,units,price\nn,1,2\n').columns).toEqual(['region', 'units', 'price'])
    expect(read('Sales\na;b\n1;2\n3;4\n').columns).toEqual(['a', 'b'])
    // Counts and classes as scikit-learn's data sets begin: no line of names follows.
    expect(read('150,4\n5.1,3.5,1.4,0.2,0\n4.9,3,1.4,0.2,0\n')).toMatchObject({
      columns: ['0', '1', '2', '3', '4'],
    })
  })

  test('a short first row is no title', () => {
    expect(() => read('1,2\n3,4,5\n6,7,8\n')).toThrow('2 cells in the first line (line 1), and 3 in most')
  })

  test('lines of units, types or more names, which is said', () => {
    const numbers = '0,9.94,19.88\n1,11.88,23.76\n2,12.2,24.4\n'
    const found = (text: string, options?: CsvRowsOptions) => {
      const table = new CsvRows(options)
      const rows = [...table.push(text), ...table.end()]
      return { columns: table.columns, rows: rows.length, notes: table.notes }
    }
    expect(found(`time,temp,flow\ns,degC,m3/h\n${numbers}`)).toEqual({
      columns: ['time', 'temp', 'flow'],
      rows: 3,
      notes: [
        'line 2 "s, degC, m3/h" looks like units, types or more names, not like a row, and is passed over',
      ],
    })
    const orange = `make\tdoors\tprice\nd\tc\tc\n\t\tclass\n${'fiat\t4\t13.5\nalfa\t2\t16.1\n'.repeat(6)}`
    expect(found(orange)).toMatchObject({ columns: ['make', 'doors', 'price'], rows: 12 })
    const years = `,2019,2019,2020\ncity,min,max,min\n${'Bern,9.9,10.9,11\nRome,1,2.5,3.5\n'.repeat(6)}`
    expect(found(years)).toMatchObject({
      columns: ['city', 'min', 'max', 'min'],
      rows: 12,
      notes: [expect.stringContaining('line 1 "2019, 2019, 2020"')],
    })
    // A row may lack numbers; a line with numbers is none of units; and somebody may say so.
    expect(found(`time,temp,flow\n7,low,low\n${numbers}`)).toMatchObject({ rows: 4, notes: [] })
    expect(found(`name,n\nBern,closed\nRome,5\nOslo,6\nLyon,7\n`).rows).toBe(4)
  })

  test('lines of dashes around names, as clients of databases and Markdown draw them', () => {
    const psql = ' id | city \n----+------\n  0 | Bern \n  1 | Rome\n(2 rows)\n'
    expect(read(psql, { isTable: true })).toMatchObject({
      columns: ['id', 'city'],
      rows: [
        ['  0 ', ' Bern '],
        ['  1 ', ' Rome'],
      ],
    })
    const markdown = '| id | city |\n|---:|:-----|\n| 0 | Bern |\n| 1 | Rome |\n'
    expect(read(markdown).rows.map((row) => row.slice(1, 3))).toEqual([
      [' 0 ', ' Bern '],
      [' 1 ', ' Rome '],
    ])
  })

  test('separators at the ends of lines', () => {
    expect(read('a,b\n1,2,\n3,4,\n')).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(read('a,b,\n1,2,\n3,4,\n')).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(read('1,2,\n3,4,\n')).toMatchObject({
      columns: ['0', '1'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(() => read(`a,b\n${'1,2,\n'.repeat(2000)}3,4,5\n`)).toThrow('3 cells in row 2001 (line 2002)')
  })

  test('R’s write.table, whose first column has no name', () => {
    const text = '"mpg" "cyl"\n"Mazda RX4" 21 6\n"Datsun 710" 22.8 4\n'
    expect(read(text)).toMatchObject({
      columns: ['', 'mpg', 'cyl'],
      rows: [
        ['Mazda RX4', '21', '6'],
        ['Datsun 710', '22.8', '4'],
      ],
    })
    expect(read('a,b\n1,0.5,2\n2,0.7,3\n').columns).toEqual(['', 'a', 'b'])
    const table = new CsvRows()
    for (const _ of [...table.push('id,temp\n0,8,95\n1,9,42\n'), ...table.end()]);
    expect(table.notes).toEqual([expect.stringContaining('taken for names of rows, as R writes them')])
  })

  test('a cell too many in each row that names none of them is refused', () => {
    expect(() => read('temp,id\n8,95,0\n9,42,1\n8,43,2\n')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 3 cells in each row from line 2 on, and 2 in the line of names; the first of a row is no name of it ("8" comes twice); wanted as many cells in each row as names above them. Fix: give the first line 3 cells, a name for each column, or put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]]`,
    )
  })
})

test('what is split is the same, whatever the pieces', () => {
  const text = fc.stringMatching(/^(sep=;\n)?[a1,; #"\t\r\n]{0,60}$/)
  fc.assert(
    fc.property(text, fc.array(fc.nat(60)), (text, cuts) => {
      const pieces = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      const outcome = (ends: readonly number[]) => {
        try {
          const table = new CsvRows()
          const rows = ends.slice(1).flatMap((end, at) => [...table.push(text.slice(ends[at], end))])
          return { rows: [...rows, ...table.end()], columns: table.columns }
        } catch (error) {
          return (error as Error).message
        }
      }
      expect(outcome(pieces)).toEqual(outcome([0, text.length]))
    }),
    { numRuns: 2000 },
  )
})
