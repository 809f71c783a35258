import type { NDArray } from '../../../base/arrays.ts'
import { sizeOf } from '../../../base/shape.ts'
import { readingThreads } from '../threads/pool.ts'
import type { DecodeRequest } from './decode.ts'

/** Images that a thread decodes before it says so: their memory is held until it does. */
const MOST_AT_ONCE = 64

/**
 * Reads images by number, decoded by other threads; those that fit into `memory` bytes are decoded once and kept.
 *
 * Rows are [indices.length, channels, height, width]. Errors: those of `decodeImages`.
 */
export function imageRows(
  { files, ...request }: DecodeRequest,
  memory: number,
): (indices: ArrayLike<number>) => Promise<NDArray<Uint8Array>> {
  const { shape } = request
  const width = sizeOf(shape)
  // Of an epoch in any order, the first so many serve as well as any others: each is wanted once.
  const kept = Math.min(files.length, Math.floor(memory / width))
  const known = new Uint8Array(kept)
  let cache: Uint8Array | undefined
  const decoded = async (missing: readonly number[], out: Uint8Array, indices: ArrayLike<number>) => {
    const names = missing.map((place) => files[indices[place]])
    const rows = await readingThreads().run('decodeImages', { ...request, files: names })
    cache ??= new Uint8Array(kept * width)
    for (const [at, place] of missing.entries()) {
      const row = rows.subarray(at * width, (at + 1) * width)
      out.set(row, place * width)
      if (indices[place] < kept) {
        cache.set(row, indices[place] * width)
        known[indices[place]] = 1
      }
    }
  }
  return async (indices) => {
    const data = new Uint8Array(indices.length * width)
    const missing: number[] = []
    for (let place = 0; place < indices.length; place++) {
      const index = indices[place]
      if (cache && known[index] === 1)
        data.set(cache.subarray(index * width, (index + 1) * width), place * width)
      else missing.push(place)
    }
    await Promise.all(partsOf(missing).map((part) => decoded(part, data, indices)))
    return { data, shape: [indices.length, ...shape] }
  }
}

/** Shares for all threads, none too large. */
function partsOf(places: readonly number[]): number[][] {
  const each = Math.max(1, Math.min(Math.ceil(places.length / readingThreads().count), MOST_AT_ONCE))
  return Array.from({ length: Math.ceil(places.length / each) }, (_, part) =>
    places.slice(part * each, (part + 1) * each),
  )
}
