import { expect, test } from 'vitest'
import { csv } from '../tables/readers/csv.ts'
import { readAll, sourceOf } from '../tables/readers/sources.testing.ts'
import { CsvRows } from './csv-rows.ts'
import { dialectOf } from './dialect.ts'

const rowsOf = (text: string) => {
  const rows = new CsvRows({})
  const found = [...rows.push(text), ...rows.end()].map(({ cells }) => cells)
  return { columns: rows.columns, rows: found, notes: rows.notes }
}

test('where rows end with a separator, a late one that does not is as wide as the others', () => {
  // More than is looked at before the first row is told.
  const many = '1,2,\n'.repeat(60_000)
  const { columns, rows } = rowsOf(`a,b,\n${many}3,4\n`)
  expect(columns).toEqual(['a', 'b'])
  expect([rows.length, rows.at(-1), rows[0]]).toEqual([60_001, ['3', '4'], ['1', '2']])
  expect(() => rowsOf(`a,b,\n${many}3,4,5,6\n${many}`)).toThrow(/\[csv\/ragged\]/)
})

test('units above the rows are told with the line on which they stand, comments before them counted', () => {
  const units = ',kg,m\n'
  const body = Array.from({ length: 8 }, (_, i) => `city ${i},${i},${i}.5\n`).join('')
  expect(rowsOf(`city,n,x\n${units}${body}`).notes).toEqual([expect.stringMatching(/^line 2 "kg, m"/)])
  expect(rowsOf(`# made by us\n# in 2020\ncity,n,x\n${units}${body}`).notes).toEqual([
    expect.stringMatching(/^line 4 "kg, m"/),
  ])
  expect(rowsOf(`city,n,x\n---,---,---\n${body}`).notes).toEqual([])
})

test('names in a comment are those of as many columns, and of more than one', () => {
  expect(dialectOf('# a,b\n1,2\n3,4\n', true).names).toEqual(['a', 'b'])
  expect(dialectOf('# a,b,c\n1,2\n3,4\n', true).names).toBeUndefined()
  expect(dialectOf('# a\n1\n2\n3\n', true).names).toBeUndefined()
})

test('a table of words in one column with commas is not one of decimal commas', () => {
  expect(rowsOf('x\n1,5\nb,c\n2,25\n').rows[1]).toEqual(['b', 'c'])
})

test('notes stand with the first rows, and nothing is noted of a plain table', async () => {
  expect(await readAll(csv, sourceOf('a,b\n1,2\n3,4\n'))).not.toHaveProperty('notes')
})
