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
    ['words over words', 'name,city\nAnn,Rome\nBob,Oslo\n', true],
    ['numbers over like numbers', '5.4,0.3,Iris-b\n5.3,2.3,Iris-b\n6.7,2.9,Iris-b\n', false],
    ['whole numbers over whole ones', '1,2\n3,4\n', false],
    ['small counts', '1,2,3\n3,1,2\n1,2,3\n2,2,1\n', false],
    ['years over years', '1999,2000\n1998,2001\n2003,2005\n', false],
    ['levels that come up again', 'p,x,s\ne,x,s\np,y,s\ne,x,t\n', false],
    ['a gap over numbers', '?,3,1\n4,5,6\n7,8,9\n', false],
    ['dates over dates', '2020-01-01,5\n2020-01-02,6\n', false],
  ])('%s', (_, text, named) => {
    const { columns, rows } = read(text)
    const first = text.split('\n')[0].split(',')
    expect(columns).toEqual(named ? first : first.map((_, at) => `${at}`))
    expect(rows).toHaveLength(text.trim().split('\n').length - (named ? 1 : 0))
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
    expect(() => read('1,2\n3,4,5\n6,7,8\n')).toThrow('3 cells in row 2')
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
