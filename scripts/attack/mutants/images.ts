/** Changes the structure of images: chunks of PNG, segments of JPEG. */
import { deflateSync, inflateSync } from 'node:zlib'
import { crc32 } from '../../../src/base/crc32.ts'
import { mutated } from '../../../src/data/tables/readers/mutants.testing.ts'
import { big, joined, oddNumber, pick, type Roll, rearranged } from './dish.ts'

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

const TYPES = [
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'sBIT',
  'eXIf',
  'iCCP',
  'tEXt',
  'acTL',
  'fdAT',
  'ABCD',
]

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png)
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    })
    at += 12 + length
  }
  return chunks
}

function oddChunk({ type, data }: Chunk, roll: Roll): Chunk {
  if (roll(8) === 0) return { type: pick(roll, TYPES), data }
  if (type === 'IHDR') return { type, data: oddHeader(data, roll) }
  if (type === 'IDAT' && roll(2) === 0) return { type, data: repacked(data, roll) }
  return { type, data: mutated(data, roll) }
}

function oddHeader(data: Uint8Array, roll: Roll): Uint8Array {
  const header = Buffer.from(data)
  const kind = roll(3)
  if (kind === 2) header[8 + roll(5)] = pick(roll, [0, 1, 2, 3, 4, 6, 8, 16, 255])
  else header.set(big(oddNumber(roll, header.readUInt32BE(4 * kind)), 4), 4 * kind)
  return header
}

/** The samples changed, or cut, or many more, and compressed again. */
function repacked(data: Uint8Array, roll: Roll): Uint8Array {
  let samples: Uint8Array
  try {
    samples = inflateSync(data)
  } catch {
    return data
  }
  return deflateSync(roll(10) === 0 ? new Uint8Array(2 ** 22) : mutated(samples, roll))
}

export function oddPng(png: Uint8Array, roll: Roll): Uint8Array {
  const chunks = rearranged(chunksOf(png), roll, (chunk) => oddChunk(chunk, roll))
  return joined(
    png.subarray(0, 8),
    ...chunks.map(({ type, data }) => {
      const named = joined(Buffer.from(type, 'latin1'), data)
      return joined(
        big(roll(40) === 0 ? oddNumber(roll, data.length) : data.length, 4),
        named,
        big(crc32(named), 4),
      )
    }),
  )
}

/** Segments before the samples, and these with what follows as the last. */
function segmentsOf(jpeg: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(jpeg)
  const segments: Uint8Array[] = []
  for (let at = 2; at < bytes.length; ) {
    const end = bytes[at + 1] === 0xda ? bytes.length - 2 : at + 2 + bytes.readUInt16BE(at + 2)
    segments.push(bytes.subarray(at, end))
    if (bytes[at + 1] === 0xda) return segments
    at = end
  }
  return segments
}

const MARKERS = [0xc0, 0xc1, 0xc2, 0xc4, 0xcc, 0xd8, 0xd9, 0xdb, 0xdd, 0xe0, 0xe1, 0xee, 0xfe, 0xda]
const FRAME = 0xc0
const SCAN = 0xda

function oddSegment(segment: Uint8Array, roll: Roll): Uint8Array {
  const bytes = Buffer.from(segment)
  const kind = roll(5)
  if (kind === 0) bytes[1] = pick(roll, MARKERS)
  else if (kind === 1 && bytes.length > 4) bytes.set(big(oddNumber(roll, bytes.readUInt16BE(2)), 2), 2)
  // Height, width, or how many components there are and how they are sampled.
  else if ((bytes[1] & 0xf0) === FRAME && bytes.length > 11 && kind < 4)
    bytes.set(big(oddNumber(roll, 8), 2), 5 + 2 * roll(2))
  else {
    const changed = mutated(bytes.subarray(4), roll)
    const length = bytes[1] === SCAN ? bytes.subarray(2, 4) : big(changed.length + 2, 2)
    return joined(bytes.subarray(0, 2), length, changed)
  }
  return bytes
}

export const oddJpeg = (jpeg: Uint8Array, roll: Roll): Uint8Array =>
  joined(
    jpeg.subarray(0, 2),
    ...rearranged(segmentsOf(jpeg), roll, (segment) => oddSegment(segment, roll)),
    ...(roll(9) === 0 ? [] : [0xff, 0xd9]),
  )
