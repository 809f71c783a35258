import type { NDArray } from '../base/arrays.ts'
import { sizeOf } from '../base/shape.ts'
import type { Dataset } from './dataset.ts'

/** Rows of a first chunk; each has twice those of the one before it, up to the greatest. */
const FIRST_ROWS = 64
const MOST_BYTES = 2 ** 22

/** Some of the rows that pass by. */
export interface Chunk {
  readonly indices: Uint32Array
  readonly rows: NDArray
}

/** Rows of a data set that come to at most 4 MiB as stored, and one at least. */
export const rowsInChunk = ({ exampleShape, dtype }: Pick<Dataset, 'exampleShape' | 'dtype'>): number =>
  Math.max(1, Math.floor(MOST_BYTES / (sizeOf(exampleShape) * (dtype === 'uint8' ? 1 : 4))))

/**
 * Reads rows piece by piece, so that memory does not grow with their number; the next while one is worked on.
 *
 * The first chunks are small: whoever soon knows enough has not waited for more.
 */
export async function* readInChunks(dataset: Dataset, indices: Uint32Array): AsyncGenerator<Chunk> {
  const most = rowsInChunk(dataset)
  const chunkAt = (start: number, rows: number) => indices.subarray(start, start + Math.min(rows, most))
  let rows = FIRST_ROWS
  for (let start = 0; start < indices.length; ) {
    const chunk = chunkAt(start, rows)
    const read = await dataset.read(chunk)
    start += chunk.length
    rows *= 2
    if (start < indices.length) dataset.prefetch?.(chunkAt(start, rows))
    yield { indices: chunk, rows: read }
  }
}
