import { expect, test } from 'vitest'
import type { Dataset } from './dataset.ts'
import { withReadAhead } from './read-ahead.ts'

/** A data set whose every reading is written down. */
function watched(): { dataset: Dataset; read: number[][] } {
  const read: number[][] = []
  const dataset: Dataset = {
    name: 'toy',
    count: 9,
    exampleShape: [1],
    dtype: 'uint8',
    defaults: {},
    async read(indices) {
      read.push(Array.from(indices))
      if (indices[0] === 8) throw new Error('row 8 is broken')
      return { data: Uint8Array.from(indices), shape: [indices.length, 1] }
    },
  }
  return { dataset: withReadAhead(dataset), read }
}

test('rows that were named beforehand are read once', async () => {
  const { dataset, read } = watched()
  dataset.prefetch?.([3, 1])
  expect((await dataset.read(Uint32Array.of(3, 1))).data).toEqual(Uint8Array.of(3, 1))
  expect(read).toEqual([[3, 1]])
  await dataset.read([3, 1])
  expect(read).toHaveLength(2)
})

test('others are read as ever, and what was named stays', async () => {
  const { dataset, read } = watched()
  dataset.prefetch?.([3, 1])
  expect((await dataset.read([1, 3])).data).toEqual(Uint8Array.of(1, 3))
  expect((await dataset.read([3])).data).toEqual(Uint8Array.of(3))
  await dataset.read([3, 1])
  expect(read).toEqual([[3, 1], [1, 3], [3]])
})

test('an error comes to whoever asks for the rows', async () => {
  const { dataset } = watched()
  dataset.prefetch?.([8])
  // Long enough for an unheard error to end the process.
  await new Promise((resolve) => setTimeout(resolve, 5))
  await expect(dataset.read([8])).rejects.toThrow('row 8 is broken')
})
