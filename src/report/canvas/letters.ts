import { inflateSync } from 'fflate'
import { fromBase64 } from '../../base/base64.ts'
import { ascent, height, letters, packed } from './letters.packed.ts'

/** Pixels of ink of one letter. */
export interface Glyph {
  readonly width: number
  readonly height: number
  /** Rows above the line that letters stand on. */
  readonly ascent: number
  /** How much of each pixel is ink, 0 to 1. */
  readonly ink: Float32Array
}

/** Letters come in two sizes: 13 pixels, and twice that. */
export type LetterSize = 13 | 26

const glyphs = new Map<LetterSize, ReadonlyMap<string, Glyph>>()

/** The letters of one size; unpacked when they are first asked for. */
export function glyphsOf(size: LetterSize): ReadonlyMap<string, Glyph> {
  const known = glyphs.get(size) ?? (size === 26 ? unpack() : halved(glyphsOf(26)))
  glyphs.set(size, known)
  return known
}

function unpack(): ReadonlyMap<string, Glyph> {
  const bytes = inflateSync(fromBase64(packed))
  const names = [...letters]
  let at = 2 * names.length
  return new Map(
    names.map((name, i) => {
      const width = bytes[i]
      const ink = Float32Array.from({ length: width * height }, () => {
        const nibble = (bytes[at >> 1] >> (4 * (at & 1))) & 15
        at++
        return nibble / 15
      })
      return [name, { width, height, ascent, ink }]
    }),
  )
}

/** Every two by two pixels averaged into one. */
const halved = (whole: ReadonlyMap<string, Glyph>): ReadonlyMap<string, Glyph> =>
  new Map(
    [...whole].map(([name, glyph]) => {
      const width = Math.ceil(glyph.width / 2)
      const rows = glyph.height / 2
      const ink = Float32Array.from({ length: width * rows }, (_, at) => {
        const [x, y] = [2 * (at % width), 2 * Math.floor(at / width)]
        const pixel = (dx: number, dy: number) =>
          x + dx < glyph.width ? glyph.ink[(y + dy) * glyph.width + x + dx] : 0
        return (pixel(0, 0) + pixel(1, 0) + pixel(0, 1) + pixel(1, 1)) / 4
      })
      return [name, { width, height: rows, ascent: glyph.ascent / 2, ink }]
    }),
  )
