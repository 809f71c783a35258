import { joinedBytes } from '../../base/bytes.ts'
import { crc32 } from '../../base/crc32.ts'
import { encodePng } from '../png.ts'
import { type Animation, checkAnimation } from './animation.ts'

const SIGNATURE = 8
const GREATEST_DENOMINATOR = 1000

/**
 * An animated PNG: a PNG of the first frame to whoever does not know of animations. Errors: those of `checkAnimation`.
 *
 * Each frame is what the PNG writer makes of it, its samples in fdAT chunks. PNG (third edition), §11.3.2.7.
 */
export function encodeApng(animation: Animation): Uint8Array {
  checkAnimation(animation)
  const { frames, framesPerSecond } = animation
  const [{ width, height }] = frames
  const delay = Math.round(GREATEST_DENOMINATOR / framesPerSecond)
  const parts: Uint8Array[] = []
  // Frame controls and frame data are numbered in one sequence.
  let sequence = 0
  frames.forEach((frame, i) => {
    const png = encodePng(frame)
    const chunks = chunksOf(png)
    if (i === 0) {
      parts.push(png.subarray(0, SIGNATURE), ...chunks.filter(({ type }) => type === 'IHDR').map(chunkOf))
      parts.push(chunk('acTL', words(frames.length, 0)))
    }
    const control = joinedBytes([words(sequence++, width, height, 0, 0), shorts(delay, GREATEST_DENOMINATOR)])
    // Each frame replaces the one before in full.
    parts.push(chunk('fcTL', joinedBytes([control, Uint8Array.of(0, 0)])))
    for (const { type, data } of chunks)
      if (type === 'IDAT')
        parts.push(i === 0 ? chunk('IDAT', data) : chunk('fdAT', joinedBytes([words(sequence++), data])))
  })
  return joinedBytes([...parts, chunk('IEND', new Uint8Array(0))])
}

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

/** The chunks of a PNG file. */
function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Chunk[] = []
  for (let at = SIGNATURE; at < png.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

const chunkOf = ({ type, data }: Chunk): Uint8Array => chunk(type, data)

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joinedBytes([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data])
  return joinedBytes([words(data.length), named, words(crc32(named))])
}

const words = (...values: number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [value >>> 24, value >>> 16, value >>> 8, value]))
const shorts = (...values: number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [value >>> 8, value]))
