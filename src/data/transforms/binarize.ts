import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { type Draw, highWord, philoxBlock, streams } from '../../base/random.ts'
import { formatShape } from '../../base/shape.ts'

/** Pixels that one Philox block serves: eight lanes of 16 bits. */
const LANES = 8

/** What decides the pixels of a batch: chance afresh at each training step, or once for each example. */
export type BinarizeDraw =
  | { readonly mode: 'dynamic'; readonly seed: number; readonly step: number }
  | {
      readonly mode: 'fixed'
      readonly seed: number
      /** Row number of each example. */
      readonly indices: ArrayLike<number>
      /** True for the data's own test set, whose row numbers are not those of the training set. */
      readonly test?: boolean
    }

const words = new Int32Array(LANES / 2)

const wordsOf = ({ seed, step }: Draw) => [seed | 0, highWord(seed), step | 0, highWord(step)] as const

/** The sixteen bits that belong to the pixel at `place` of the block drawn last. */
const laneOf = (place: number): number => (words[place >> 1] >>> ((place & 1) << 4)) & 0xffff

/** How the pixels of a block, `from` to `to`, come to be black or white. */
interface Ink<Pixels> {
  /** Fills a block that needs no chance; false where it needs some. */
  copy(pixels: Pixels, out: Uint8Array, from: number, to: number): boolean
  /** Fills a block by the words drawn last. */
  paint(pixels: Pixels, out: Uint8Array, from: number, to: number): void
}

/** Byte p turns white on round(p·65536/255) of 65,536 lanes. */
const bytes: Ink<Uint8Array> = {
  copy(pixels, out, from, to) {
    // 0 + 1 and 255 + 1 leave bits 1 to 7 clear, so what stays set tells of grey. Most blocks of a drawing have
    // none and need no draw: their pixels would come out as they are.
    let grey = 0
    for (let at = from; at < to; at++) grey |= pixels[at] + 1
    if ((grey & 0xfe) !== 0) return false
    for (let at = from; at < to; at++) out[at] = pixels[at]
    return true
  },
  paint(pixels, out, from, to) {
    for (let at = from; at < to; at++) {
      const threshold = pixels[at] * 257 + (pixels[at] >> 7)
      // The sign of the difference, as a byte: 255 where the lane lies below the threshold, else 0.
      out[at] = (laneOf(at - from) - threshold) >> 31
    }
  },
}

const probabilities: Ink<Float32Array> = {
  copy: () => false,
  paint(pixels, out, from, to) {
    for (let at = from; at < to; at++) {
      if (!(pixels[at] >= 0 && pixels[at] <= 1)) badPixel(pixels[at])
      out[at] = laneOf(at - from) < pixels[at] * 65_536 ? 255 : 0
    }
  },
}

/** Draws pixels `start` to `end`, with blocks from `block` on. */
function binarizeRow<Pixels>(
  { copy, paint }: Ink<Pixels>,
  pixels: Pixels,
  out: Uint8Array,
  start: number,
  end: number,
  draw: Draw,
  block: number,
) {
  const { stream } = draw
  const [seedLow, seedHigh, stepLow, stepHigh] = wordsOf(draw)
  for (let from = start; from < end; from += LANES, block++) {
    const to = Math.min(from + LANES, end)
    if (copy(pixels, out, from, to)) continue
    philoxBlock(seedLow, seedHigh, block, stream, stepLow, stepHigh, words)
    paint(pixels, out, from, to)
  }
}

function badPixel(value: number): never {
  return fail({
    code: 'data/binarize-range',
    seen: `the value ${value} in data to binarize`,
    wanted: 'bytes, or numbers from 0 to 1',
    fix: 'use binarize "none" for data that are not probabilities',
    usage: true,
  })
}

/**
 * Draws black or white for each pixel, white with the probability that its grey value gives (p/255, or p itself
 * in float data). Salakhutdinov and Murray 2008, §5.
 *
 * Rows are [n, …]; the result has their shape and always holds the bytes 0 and 255, whatever the rows
 * were. Writes into `out` when given.
 * Errors: `data/binarize-range`, `data/binarize-type`.
 */
export function binarizeRows(
  { data, shape }: NDArray,
  draw: BinarizeDraw,
  out: Uint8Array = new Uint8Array(data.length),
): NDArray<Uint8Array> {
  if (!(data instanceof Uint8Array || data instanceof Float32Array) || out.length !== data.length)
    return fail({
      code: 'data/binarize-type',
      seen: `rows ${formatShape(shape)} as ${data.constructor.name} into ${out.length} bytes`,
      wanted: `uint8 or float32 into ${data.length} bytes`,
      fix: 'binarize rows as a data set reads them',
    })
  const width = data.length / shape[0]
  const blocks = Math.ceil(width / LANES)
  const { seed } = draw
  const fixed = draw.mode === 'fixed' && draw.test ? streams.testBinarization : streams.fixedBinarization
  for (let row = 0; row < shape[0]; row++) {
    const [place, block]: [Draw, number] =
      draw.mode === 'dynamic'
        ? [{ seed, stream: streams.binarization, step: draw.step }, row * blocks]
        : [{ seed, stream: fixed, step: draw.indices[row] }, 0]
    if (data instanceof Uint8Array)
      binarizeRow(bytes, data, out, row * width, (row + 1) * width, place, block)
    else binarizeRow(probabilities, data, out, row * width, (row + 1) * width, place, block)
  }
  return { data: out, shape }
}
