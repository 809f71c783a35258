import { expect, test } from 'vitest'
import { CsvRows, shortNote } from './csv-rows.ts'
import { refuseRagged } from './ragged.ts'

const rows = '1,2,3\n4,5,6\n1,8,9\n'

function read(text: string) {
  const table = new CsvRows({ isTable: true })
  const all = [...table.push(text), ...table.end()]
  return { rows: all.length, names: table.columns, note: table.short && shortNote(table.short) }
}

test.each([
  [
    'names in one pair of quotes',
    '"a,b,c"',
    'take the quotes around the whole of the first line away',
    'a,b,c',
  ],
  [
    'another separator',
    'a;b;c',
    'write "," between the names of the first line, too, where ";" stands',
    'a,b,c',
  ],
  ['a name too few', 'a,b', 'give the first line 3 cells, a name for each column', 'a,b,c'],
  ['names too few', 'a', 'give the first line 3 cells, a name for each column', 'a,b,c'],
])('%s: the first line is the odd one, and what it needs is said', (_, odd, fix, mended) => {
  expect(() => read(`${odd}\n${rows}`)).toThrow(fix)
  expect(read(`${mended}\n${rows}`)).toMatchObject({ rows: 3, names: ['a', 'b', 'c'] })
})

test('a row that is odd among others is named itself', () => {
  expect(() => read(`a,b,c\n${rows}1,2,3,4\n`)).toThrow('4 cells in row 4 (line 5); wanted 3')
  expect(() => read(`a,b,c\n1,2,3,4\n${rows}`)).toThrow('4 cells in row 1 (line 2); wanted 3')
})

test('rows that all have fewer cells than the first line are not called short one by one', () => {
  expect(read(`a,b,c,d\n${rows}`).note).toBe(
    'the first line has more cells than any row; columns that it alone has are all missing',
  )
  expect(read(`a,b,c\n${rows}1,2\n3,4,5\n`).note).toMatch(/^the row on line 5 has fewer cells/)
})

test.each([
  ['the row, where most lines are as the first says', 3, 3, 4, 'row 5 (line 7)'],
  ['the first line, where most are as this row', 2, 3, 3, 'the first line (line 1)'],
  ['the row, where most are as neither', 2, 3, 4, 'row 5 (line 7)'],
])('the odd one is %s', (_, width, common, count, place) => {
  const cells = (length: number) => Array.from({ length }, () => 'x')
  const misfit = {
    record: { line: 7, cells: cells(count) },
    row: 4,
    first: { line: 1, cells: cells(width) },
    ...{ width, common, separator: ',' },
  }
  expect(() => refuseRagged(misfit)).toThrow(
    expect.objectContaining({ code: 'csv/ragged', seen: expect.stringContaining(place) }),
  )
})

test('what a first line of one cell needs is told by what is in it, of several by their number', () => {
  const fixFor = (...cells: string[]) => {
    try {
      const first = { line: 1, cells }
      const record = { line: 2, cells: ['1', '2', '3'] }
      return refuseRagged({ record, row: 0, first, width: cells.length, common: 3, separator: ',' })
    } catch (error) {
      return (error as { fix: string }).fix
    }
  }
  const more = /^give the first line 3 cells/
  expect(fixFor('a;b;c')).toMatch(/^write "," between .* where ";" stands$/)
  expect(fixFor('a\tb\tc')).toMatch(/where "\\t" stands$/)
  expect(fixFor('a,b,c')).toMatch(/^take the quotes/)
  expect(fixFor('a;b')).toMatch(more)
  expect(fixFor('a;b;c', 'd')).toMatch(more)
})
