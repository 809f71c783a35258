import { expect, test } from 'vitest'
import { datasetOf } from './dataset.ts'
import { judgedRows } from './examples.ts'

const dataset = datasetOf({ data: new Float32Array(1), shape: [1, 1] }, { name: 'one' })
const rowsOf = (count: number) => ({
  dataset,
  indices: Uint32Array.from({ length: count }, (_, row) => 3 * row),
  ownTest: false,
})

test('all rows are judged, and of very many so many from the first to the last', () => {
  const few = rowsOf(100_000)
  expect(judgedRows(few)).toBe(few)
  const { indices } = judgedRows(rowsOf(250_000))
  expect(indices).toHaveLength(100_000)
  expect([...indices.subarray(0, 4)]).toEqual([0, 6, 15, 21])
  expect(indices.at(-1)).toBe(3 * 249_997)
  expect(new Set(indices).size).toBe(100_000)
})
