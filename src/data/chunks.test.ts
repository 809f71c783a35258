import { expect, test } from 'vitest'
import { readInChunks, rowsInChunk } from './chunks.ts'
import { type Dataset, datasetOf } from './dataset.ts'

const numbered = (count: number, width: number): Dataset =>
  datasetOf(
    { data: Float32Array.from({ length: count * width }, (_, i) => i), shape: [count, width] },
    { name: 'toy' },
  )

test('gives every row once, in order, few at first', async () => {
  const indices = Uint32Array.from({ length: 500 }, (_, i) => 999 - 2 * i)
  const sizes: number[] = []
  const seen: number[] = []
  for await (const { indices: chunk, rows } of readInChunks(numbered(1000, 2), indices)) {
    sizes.push(chunk.length)
    expect(rows.shape).toEqual([chunk.length, 2])
    for (let row = 0; row < chunk.length; row++) seen.push(rows.data[2 * row] / 2)
  }
  expect(sizes).toEqual([64, 128, 256, 52])
  expect(seen).toEqual([...indices])
})

test('no chunk has more than 4 MiB, or more than a row', () => {
  expect(rowsInChunk({ exampleShape: [1024], dtype: 'float32' })).toBe(1024)
  expect(rowsInChunk({ exampleShape: [3, 32, 32], dtype: 'uint8' })).toBe(1365)
  expect(rowsInChunk({ exampleShape: [2 ** 23], dtype: 'uint8' })).toBe(1)
})

test('says which rows it wants next before it gives those it has', async () => {
  const said: number[][] = []
  const dataset: Dataset = { ...numbered(200, 1), prefetch: (indices) => said.push(Array.from(indices)) }
  const all = Uint32Array.from({ length: 200 }, (_, i) => i)
  const chunks = readInChunks(dataset, all)
  await chunks.next()
  expect(said).toEqual([[...all.subarray(64, 192)]])
  await chunks.next()
  await chunks.next()
  expect(said[1]).toEqual([...all.subarray(192)])
  expect(said).toHaveLength(2)
})
