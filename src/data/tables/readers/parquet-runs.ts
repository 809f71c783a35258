/** Bytes that are gone through, and where one stands in them. */
export interface ByteReader {
  readonly view: DataView
  offset: number
}

/** A group of bit-packed numbers may be padded by as many. */
const PADDING = 2 ** 16

function varint(reader: ByteReader): number {
  let value = 0
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = reader.view.getUint8(reader.offset++)
    value |= (byte & 127) << shift
    if (byte < 128) return value >>> 0
  }
  throw new Error('a length of too many bytes')
}

/** How many of the bit-packed numbers from the byte `from` on are `wanted`. */
function packedAs(wanted: number, reader: ByteReader, from: number, width: number, count: number): number {
  let found = 0
  for (let index = 0; index < count; index++) {
    let value = 0
    for (let bit = 0; bit < width; bit++) {
      const at = index * width + bit
      value |= ((reader.view.getUint8(from + (at >> 3)) >> (at & 7)) & 1) << bit
    }
    if (value === wanted) found++
  }
  return found
}

/**
 * Goes through the runs of `count` numbers of `width` bits (RLE and bit-packed, Parquet's hybrid) without unpacking
 * them; returns how many of them are `wanted`, where that is a level, which takes a byte at most.
 *
 * Error: where the runs are not those of `count` numbers.
 */
export function checkRuns(reader: ByteReader, width: number, count: number, wanted?: number): number {
  if (width > 32) throw new Error(`numbers of ${width} bits`)
  let seen = 0
  let found = 0
  while (seen < count) {
    const header = varint(reader)
    const isPacked = (header & 1) === 1
    const length = isPacked ? (header >>> 1) * 8 : header >>> 1
    const begin = reader.offset
    if (length > count - seen + (isPacked ? PADDING : 0))
      throw new Error(`a run of ${length} in ${count} values`)
    reader.offset += isPacked ? (length * width) / 8 : Math.ceil(width / 8)
    if (wanted !== undefined) {
      const own = Math.min(length, count - seen)
      if (isPacked) found += packedAs(wanted, reader, begin, width, own)
      else if (reader.view.getUint8(begin) === wanted) found += length
    }
    seen += length
  }
  return found
}

/** Error: where the numbers that begin here are not told by their differences in blocks of a sensible size. */
export function checkDeltas(reader: ByteReader): void {
  const block = varint(reader)
  const parts = varint(reader)
  if (block === 0 || block % 128 !== 0 || block > 2 ** 24 || (block / parts) % 32 !== 0)
    throw new Error(`blocks of ${block} in ${parts} parts`)
}
