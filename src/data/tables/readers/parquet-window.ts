import type { PageHeader } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import type { ParquetPage } from './parquet-pages.ts'

/** Bytes that are read at once, where a page is not longer. */
const AT_ONCE = 2 ** 19

/** No header of a page is looked for in more bytes. */
const MOST_HEADER = 2 ** 24

/** Where the pages of a column are in a file. */
export interface PagePlace {
  readonly start: number
  readonly end: number
}

/** Reads the pages of a column one after another, so that no more of the file is held than one of them and a little. */
export function pageWindow(
  slice: (start: number, end: number) => Promise<Uint8Array>,
  { start, end }: PagePlace,
): () => Promise<ParquetPage> {
  let held: Uint8Array = new Uint8Array(0)
  let heldFrom = start
  let at = start
  /** The bytes from `at` on, at least `length` of them where there are so many. */
  const ahead = async (length: number): Promise<Uint8Array> => {
    const until = Math.min(end, at + length)
    if (heldFrom + held.length < until) {
      held = await slice(at, Math.min(end, Math.max(until, at + AT_ONCE)))
      heldFrom = at
    }
    return held.subarray(at - heldFrom)
  }
  const headerAhead = async (): Promise<{ header: PageHeader; length: number }> => {
    for (let room = 2 ** 12; ; room *= 8) {
      const bytes = await ahead(room)
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 }
      try {
        return { header: parquetHeader(reader), length: reader.offset }
      } catch (error) {
        // It may be longer than what was read, as with statistics of long texts.
        if (room >= MOST_HEADER) throw error
      }
    }
  }
  return async () => {
    const { header, length } = await headerAhead()
    const size = header.compressed_page_size
    if (!(size >= 0 && at + length + size <= end)) throw new Error('a page cut off')
    at += length
    const bytes = (await ahead(size)).subarray(0, size)
    at += size
    return { header, bytes }
  }
}
