import { joinedBytes } from '../../base/bytes.ts'
import { type Animation, checkAnimation } from './animation.ts'
import { lzw } from './lzw.ts'
import { paletteOf } from './palette.ts'

const LETTERS = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
/** A table of 2^(7 + 1) colors for all frames. */
const GLOBAL_TABLE = 0b1111_0111
/** What was drawn stays, and one place of the palette draws nothing. */
const KEEP_AND_SKIP = 0b0000_0101
const SKIPPED = 255
/** Levels of 255 by which a pixel may lag behind. */
const UNSEEN = 2
const BITS = 8
const LONGEST_BLOCK = 255

/**
 * An animated GIF of pictures without an alpha channel; more than 255 colors are reduced to 255, and a pixel's
 * changes below 1 % of the range are written once they add up to that. GIF89a, and the Netscape extension, by
 * which it repeats without end. Errors: those of `checkAnimation`.
 *
 * @example
 * ```ts
 * import { open, train } from 'betavae'
 * import { encodeGif, panelFrames } from 'betavae/pictures'
 *
 * const model = await open(await train({ data: { source: 'digits' }, training: { steps: 20 } }))
 * const positions = [-2, -1, 0, 1, 2]
 * const images = await model.traverse(0, positions)
 * const frames = panelFrames([{ name: 'z0', images }], { range: [0, 16], positions, unit: 'deviations' })
 * console.log(encodeGif({ frames, framesPerSecond: 8 }).length)
 * model.dispose()
 * ```
 */
export function encodeGif(animation: Animation): Uint8Array {
  checkAnimation(animation)
  const { frames, framesPerSecond } = animation
  const [{ width, height }] = frames
  const palette = paletteOf(frames)
  const delay = Math.max(2, Math.round(100 / framesPerSecond))
  const parts = [
    LETTERS('GIF89a'),
    shorts(width, height),
    Uint8Array.of(GLOBAL_TABLE, 0, 0),
    palette.colors,
    Uint8Array.of(0x21, 0xff, 11),
    LETTERS('NETSCAPE2.0'),
    Uint8Array.of(3, 1, 0, 0, 0),
  ]
  const alike = alikePairs(palette.colors)
  let shown: Uint8Array | undefined
  for (const frame of frames) {
    const indices = palette.indices(frame)
    parts.push(
      Uint8Array.of(0x21, 0xf9, 4, KEEP_AND_SKIP),
      shorts(delay),
      Uint8Array.of(SKIPPED, 0, 0x2c),
      shorts(0, 0, width, height),
      Uint8Array.of(0, BITS),
      ...blocks(lzw(shown ? changes(indices, shown, alike) : indices)),
    )
    shown ??= indices
  }
  return joinedBytes([...parts, Uint8Array.of(0x3b)])
}

/** Draws into what is shown, and gives what to draw: a pixel that would look the same is skipped, and packs well. */
const changes = (indices: Uint8Array, shown: Uint8Array, alike: Uint8Array): Uint8Array =>
  indices.map((index, at) => {
    if (alike[(shown[at] << BITS) | index]) return SKIPPED
    shown[at] = index
    return index
  })

/** Which pairs of a palette's colors nobody would tell apart [256, 256]. */
const alikePairs = (colors: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: 256 * 256 }, (_, pair) => {
    const [a, b] = [3 * (pair >> BITS), 3 * (pair & 255)]
    return Number([0, 1, 2].every((c) => Math.abs(colors[a + c] - colors[b + c]) <= UNSEEN))
  })

/** Each block after its length; one of no bytes is the last. */
function blocks(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += LONGEST_BLOCK) {
    const block = bytes.subarray(at, at + LONGEST_BLOCK)
    parts.push(Uint8Array.of(block.length), block)
  }
  return [...parts, Uint8Array.of(0)]
}

const shorts = (...values: number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [value, value >>> 8]))
