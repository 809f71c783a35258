import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { RecordPlace, StoredBytes } from '../stored-bytes.ts'
import { type ReadingThreads, readingThreads } from './threads/pool.ts'
import { ascending } from './threads/records.ts'

/** Records that make it worth while to ask a second thread. */
const FEWEST_EACH = 32

/**
 * A file on disk whose records are read by other threads when they are asked for; nothing of it is kept.
 *
 * Error: `data/file-changed` where it is no longer what it was when it was opened.
 */
export async function storedFile(path: string): Promise<StoredBytes> {
  const { size, mtimeMs } = await stat(path)
  const file = { path: resolve(path), size, changed: mtimeMs }
  const recordsBy = (place: RecordPlace) => (indices: Uint32Array) =>
    readingThreads().run('readFileRecords', { file, place, indices })
  return {
    size,
    async opening(length) {
      const place = { start: 0, width: Math.min(length, size) }
      return recordsBy(place)(Uint32Array.of(0))
    },
    records: (place, indices) => inParts(readingThreads(), place.width, indices, recordsBy(place)),
  }
}

/** Reads neighbors on one thread and others on another, several at once: a disk answers many questions together. */
async function inParts(
  { count }: ReadingThreads,
  width: number,
  indices: ArrayLike<number>,
  read: (indices: Uint32Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const parts = Math.min(count, Math.floor(indices.length / FEWEST_EACH))
  if (parts < 2) return read(Uint32Array.from(indices))
  const order = ascending(indices)
  const out = new Uint8Array(indices.length * width)
  const each = Math.ceil(order.length / parts)
  await Promise.all(
    Array.from({ length: parts }, async (_, part) => {
      const places = order.subarray(part * each, (part + 1) * each)
      const records = await read(places.map((place) => indices[place]))
      for (let at = 0; at < places.length; ) {
        const first = at++
        while (at < places.length && places[at] === places[at - 1] + 1) at++
        out.set(records.subarray(first * width, at * width), places[first] * width)
      }
    }),
  )
  return out
}
