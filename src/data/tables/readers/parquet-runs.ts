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

function onesIn(reader: ByteReader, from: number, count: number): number {
  let ones = 0
  for (let bit = 0; bit < count; bit++) ones += (reader.view.getUint8(from + (bit >> 3)) >> (bit & 7)) & 1
  return ones
}

/**
 * Goes through the runs of `count` numbers of `width` bits (RLE and bit-packed, Parquet's hybrid) without unpacking
 * them; returns how many of them are 1, for a width of 1.
 *
 * Error: where the runs are not those of `count` numbers.
 */
export function checkRuns(reader: ByteReader, width: number, count: number): number {
  if (width > 32) throw new Error(`numbers of ${width} bits`)
  let seen = 0
  let ones = 0
  while (seen < count) {
    const header = varint(reader)
    const length = header & 1 ? (header >>> 1) * 8 : header >>> 1
    const begin = reader.offset
    if (length > count - seen + (header & 1 ? PADDING : 0))
      throw new Error(`a run of ${length} in ${count} values`)
    reader.offset += header & 1 ? (length * width) / 8 : Math.ceil(width / 8)
    if (width === 1)
      ones +=
        header & 1
          ? onesIn(reader, begin, Math.min(length, count - seen))
          : length * (reader.view.getUint8(begin) & 1)
    seen += length
  }
  return ones
}

/** Error: where the numbers that begin here are not told by their differences in blocks of a sensible size. */
export function checkDeltas(reader: ByteReader): void {
  const block = varint(reader)
  const parts = varint(reader)
  if (block === 0 || block % 128 !== 0 || block > 2 ** 24 || parts === 0 || (block / parts) % 32 !== 0)
    throw new Error(`blocks of ${block} in ${parts} parts`)
}
