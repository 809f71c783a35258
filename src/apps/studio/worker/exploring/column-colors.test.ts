import { expect, test } from 'vitest'
import { inferSchema } from '../../../../inside.tables.ts'
import { rowEncoder, type TableChunk } from '../../../../inside.ts'
import { coloredColumns, columnColors } from './column-colors.ts'

const chunk: TableChunk = {
  columns: ['kind', 'size'],
  first: 0,
  rows: Array.from({ length: 64 }, (_, row) => [
    row === 5 ? null : row % 4 === 0 ? 'rare' : 'common',
    row === 7 ? null : row === 63 ? '1000.5' : `${row}.5`,
  ]),
}

test('levels have their numbers and names, numbers the sixteenth of their rank, gaps none', async () => {
  const schema = await inferSchema(
    (async function* () {
      yield chunk
    })(),
  )
  const rows = rowEncoder(schema)(chunk)
  expect(coloredColumns(schema)).toEqual(['kind', 'size'])
  const kinds = columnColors(schema, rows, 'kind')
  expect(kinds.names).toEqual({ 0: 'common', 1: 'rare' })
  expect(Array.from(kinds.colors.subarray(0, 6))).toEqual([1, 0, 0, 0, 1, Number.NaN])
  const sizes = columnColors(schema, rows, 'size')
  expect(sizes.names).toEqual({ 0: '0.5', 15: '1000.5' })
  expect([0, 3, 7, 32, 62, 63].map((row) => sizes.colors[row])).toEqual([0, 0, Number.NaN, 7, 15, 15])
})
