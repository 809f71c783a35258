import { joinedBytes } from '../../base/bytes.ts'
import { fail } from '../../base/errors.ts'
import type { StoredBytes } from '../stored-bytes.ts'

/** Bytes of a table that are held in memory, because they can be had only from front to back. */
const MOST_BYTES = 2 ** 30

/** All bytes in memory. Error: `table/too-large` for more than 1 GiB. */
export async function allBytes(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytes) {
    parts.push(part)
    size += part.length
    if (size > MOST_BYTES)
      fail({
        code: 'table/too-large',
        seen: `more than ${MOST_BYTES} bytes of a format that is not read from front to back`,
        wanted: 'such a table as a plain file',
        fix: 'unpack it to a file, or save what is piped in to a file, and name that',
      })
  }
  return joinedBytes(parts)
}

/** All bytes in memory, to be read by place. Error: `table/too-large` for more than 1 GiB. */
export async function heldBytes(bytes: AsyncIterable<Uint8Array>): Promise<StoredBytes> {
  const all = await allBytes(bytes)
  const size = all.length
  return {
    size,
    opening: async (length) => all.slice(0, length),
    records: async ({ start, width }, indices) =>
      joinedBytes(
        Array.from(indices, (index) => all.subarray(start + index * width, start + (index + 1) * width)),
      ),
  }
}
