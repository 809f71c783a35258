import { expect, test } from 'vitest'
import { CsvRows, shortNote } from './csv-rows.ts'

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
