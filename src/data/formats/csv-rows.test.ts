import { describe, expect, test } from 'vitest'
import { CsvRows, type CsvRowsOptions, shortNote } from './csv-rows.ts'
import { LOOKED_AT } from './dialect.ts'
import { doubtNote } from './header.ts'

/** A table read to its end, from text in pieces. */
function read(text: string | readonly string[], options?: CsvRowsOptions) {
  const table = new CsvRows(options)
  const pieces = typeof text === 'string' ? [text] : text
  const rows = [...pieces.flatMap((piece) => [...table.push(piece)]), ...table.end()]
  return { table, rows: rows.map(({ cells }) => cells), lines: rows.map(({ line }) => line) }
}
const rowsOf = (text: string, options?: CsvRowsOptions) => read(text, options).rows
const many = (count: number, row: string) => `${row}\n`.repeat(count)

describe('of a table nothing is known', () => {
  test('before its first record', () => {
    const table = new CsvRows()
    expect([...table.push('a,b\n1,2\n')]).toEqual([])
    expect([table.columns, table.separator, table.short, table.isNamed]).toEqual([
      ...[undefined, undefined],
      ...[undefined, false],
    ])
    expect([table.notes, table.footers]).toEqual([[], []])
    expect([...table.end()]).toEqual([{ line: 2, cells: ['1', '2'] }])
    expect([table.columns, table.separator, table.isNamed]).toEqual([['a', 'b'], ',', true])
  })

  test('but where its next record stands', () => {
    expect(new CsvRows().placeOfNext()).toBe('the first line (line 1)')
    expect(new CsvRows({ header: false }).placeOfNext()).toBe('row 1 (line 1)')
    const table = new CsvRows()
    for (const _ of table.push('# x\na;b\n1;2\n\n3;"4')) throw new Error('too soon')
    expect(table.placeOfNext()).toBe('row 2 (line 5)')
    const names = new CsvRows()
    for (const _ of names.push('\n"a')) throw new Error('too soon')
    expect(names.placeOfNext()).toBe('the first line (line 2)')
  })
})

describe('rows are given', () => {
  const row = 'x,1\n'
  const enough = row.repeat(LOOKED_AT / row.length - 1)

  test('when there is enough to tell what they are, or all of them', () => {
    const table = new CsvRows()
    expect([...table.push(`a,b\n${enough.slice(0, -1)}`)]).toEqual([])
    expect([...table.push('\n')]).toHaveLength(enough.length / row.length)
    expect([...table.push(row)]).toHaveLength(1)
    expect([...table.end()]).toEqual([])
  })

  test('at once, if somebody cannot wait', () => {
    const eager = () => new CsvRows({ eager: true, isTable: true })
    const table = eager()
    const given = (piece: string) => [...table.push(piece)].map(({ cells }) => cells)
    expect(given('a,')).toEqual([])
    expect(given('b')).toEqual([])
    expect(given('\n1,2')).toEqual([])
    expect(table.columns).toEqual(['a', 'b'])
    expect(given('\n3')).toEqual([['1', '2']])
    expect(given('\n')).toEqual([['3', '']])
    // A note is a row then: more may come below it.
    expect(given('Total,4\n')).toEqual([['Total', '4']])
    expect([...table.end()]).toEqual([])
    expect(table.footers).toEqual([])
    const blank = eager()
    expect([...blank.push('\n \n')]).toEqual([])
    expect(blank.separator).toBeUndefined()
    expect([...blank.push('\r\na;b\r\n1;2\r\n')].map(({ cells }) => cells)).toEqual([['1', '2']])
    // A line end that was there before is enough only with another.
    const slow = eager()
    for (const piece of ['\n', 'a;b', ';c']) expect([...slow.push(piece)]).toEqual([])
    expect(slow.separator).toBeUndefined()
  })
})

describe('names of columns', () => {
  test('have no blanks around them, and are numbers where there are none', () => {
    expect(read(' a ,"b "\nx,2\ny,4\n').table.columns).toEqual(['a', 'b'])
    const plain = read('5,1\n3,4\n6,2\n')
    expect(plain.table.columns).toEqual(['0', '1'])
    expect(plain.table.isNamed).toBe(false)
    expect(plain.rows).toHaveLength(3)
    expect(read('# a,b\n5,1\n3,4\n').table.isNamed).toBe(true)
    expect(read('', { header: true }).table.columns).toBeUndefined()
  })

  test('are those before the last separator, or behind the one that has none', () => {
    expect(read('a,b,\n1,2,\n3,4,\n').table.columns).toEqual(['a', 'b'])
    expect(read('a,b\n1,2,\n3,4,\n').table.columns).toEqual(['a', 'b'])
    expect(read('5,7,\n1,2,\n3,4,\n').table.columns).toEqual(['0', '1'])
    expect(read('a,b\nr,1,2\ns,3,4\n').table.columns).toEqual(['', 'a', 'b'])
  })
})

describe('of how a table was read it is said', () => {
  const body = Array.from({ length: 12 }, (_, i) => `city ${i},${i}.5,${i}.25\n`).join('')
  const notesOf = (text: string, options?: CsvRowsOptions) => read(text, options).table.notes

  test('whether its first line may be one of names, and whether rows have some', () => {
    expect(notesOf('DNF,3,7\n4,2,9\n')).toEqual([doubtNote(false)])
    expect(notesOf('a,50%,3.5\n1,2,3\n4,5,6\n')).toEqual([doubtNote(true)])
    expect(doubtNote(true)).not.toBe(doubtNote(false))
    expect(notesOf('id,temp\n0,8,95\n1,9,42\n')).toEqual([expect.stringContaining('as R writes them')])
    expect(notesOf('a,b\n1,2\n')).toEqual([])
  })

  test('which lines are none of its rows, but for lines of dashes and of nothing', () => {
    const said = (front: string, options?: CsvRowsOptions) =>
      notesOf(front + body, options).map((note) => note.replace(/ looks like.*/, ''))
    expect(said('city,a,b\n,kg,m\n')).toEqual(['line 2 "kg, m"'])
    expect(said('# x\n,2019,2019\ncity,a,b\n')).toEqual(['line 2 "2019, 2019"'])
    expect(said(',2019,2019\ncity,a,b\n,kg,m\n')).toEqual(['line 1 "2019, 2019"', 'line 3 "kg, m"'])
    expect(said('city,a,b\n,kg,m\n,,\n')).toEqual(['line 2 "kg, m"'])
    expect(said('city,a,b\n----,---,---\n')).toEqual([])
    expect(said('city,a,b\n,kg,m\n', { header: false })).toEqual([])
    expect(rowsOf(`city,a,b\n,kg,m\n,,\n${body}`)).toHaveLength(12)
    expect(rowsOf(`city,a,b\n----,---,---\n${body}`)).toHaveLength(12)
  })
})

describe('a row that lacks its last cells', () => {
  const isTable = true

  test('is filled up in a table, and counted with the line of the first', () => {
    const { table, rows } = read('a,b,c\nx,1,2\ny\nz,3\nw,4,5\n', { isTable })
    expect(rows).toEqual([
      ['x', '1', '2'],
      ['y', '', ''],
      ['z', '3', ''],
      ['w', '4', '5'],
    ])
    expect(table.short).toEqual({ count: 2, line: 3, isEach: false })
    expect(read('a,b\nx,1\ny,2\n', { isTable }).table.short).toBeUndefined()
  })

  test('is each of them, where there are several', () => {
    expect(read('a,b,c\nx,1\ny,2\n', { isTable }).table.short).toEqual({ count: 2, line: 2, isEach: true })
    expect(read('a,b,c\nx,1\n', { isTable, header: true }).table.short).toEqual({
      count: 1,
      line: 2,
      isEach: false,
    })
  })

  test('is told by their number', () => {
    expect(shortNote({ count: 1, line: 7 })).toMatch(/^the row on line 7 has fewer/)
    expect(shortNote({ count: 2, line: 7 })).toMatch(/^2 rows have fewer .*\(the first is on line 7\)/)
    expect(shortNote({ count: 2, line: 7, isEach: true })).toMatch(/^the first line has more/)
    expect(shortNote({ count: 2, line: 7, isEach: false })).toMatch(/^2 rows/)
  })

  test('is refused where it is no table, and where rows end with a separator', () => {
    expect(() => rowsOf('a,b,c\nx,1,2\ny,1\nz,2,3\n')).toThrow('2 cells in row 2 (line 3); wanted 3')
    const late = `a,b,c,\n${many(2000, '1,2,3,')}`
    expect(() => rowsOf(`${late}1,2\n`, { isTable })).toThrow('2 cells in row 2001 (line 2002)')
    expect(rowsOf(`${late}1,2,3\n4,5,6,\n`, { isTable }).slice(-2)).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ])
    expect(() => rowsOf(`${late}1,2,3,x\n`, { isTable })).toThrow('4 cells in row 2001 (line 2002); wanted 3')
  })

  test('is one, though its only cell ends as a comment begins', () => {
    expect(rowsOf('a,b\nx,1\nC#\ny,2\n', { isTable })).toEqual([
      ['x', '1'],
      ['C#', ''],
      ['y', '2'],
    ])
  })
})

describe('a comment between rows', () => {
  test('is none of them, whatever its length, unless that is theirs', () => {
    const text = `a,b\nx,1\n# half, of, it\ny,2\n#\nz,3\n#ff0000,4\n`
    for (const isTable of [false, true])
      expect(rowsOf(text, { isTable })).toEqual([
        ['x', '1'],
        ['y', '2'],
        ['z', '3'],
        ['#ff0000', '4'],
      ])
  })
})

describe('lines below a table', () => {
  const isTable = true
  const body = many(20, 'Oslo,1.5,2')

  test('are left out and told, as many as eight', () => {
    const notes = Array.from({ length: 8 }, (_, i) => `Note: ${i}\n`).join('')
    const { table, rows } = read(`a,b,c\n${body}${notes}`, { isTable })
    expect(rows).toHaveLength(20)
    expect(table.footers.map(({ line }) => line)).toEqual([22, 23, 24, 25, 26, 27, 28, 29])
    expect(() => read(`a,b,c\n${body}Note: x,y,z,w\n`, { isTable })).toThrow('4 cells in row 21')
    expect(read(`a,b,c\n${body}${notes}Note: 9\n`, { isTable }).rows).toHaveLength(21)
    expect(rowsOf(`a,b,c\n${body}Total,30,40\n`, { isTable })).toHaveLength(20)
    expect(rowsOf(`a,b,c\n${body}Total,30,40\n`)).toHaveLength(21)
  })

  test('are rows where such a word stands far above, too', () => {
    const totals = `a,b,c\nTotal,1,2\n${body}Total,30,40\n`
    expect(rowsOf(totals, { isTable })).toHaveLength(22)
  })

  test('are rows where there are no others', () => {
    const { table, rows } = read('a,b,c\nTotal,1,2\nSum,3,4\n', { isTable, header: true })
    expect(rows).toHaveLength(2)
    expect(table.footers).toEqual([])
    expect(read('a,b,c\nOslo,1,2\nSum,3,4\n', { isTable, header: true }).rows).toHaveLength(1)
  })
})

test('a line that does not fit is told with the width of the first, or is itself the measure', () => {
  const text = `a,b\n${many(2000, '1,2')}`
  expect(() => rowsOf(`${text}3,4,5\n`)).toThrow('3 cells in row 2001 (line 2002); wanted 2')
  expect(() => rowsOf('a,b\n1,2,3\n4,5,6\n1,8,9\n')).toThrow(/\[csv\/ragged\]/)
})
