/** From the unpacked bytes of a PNG image to its samples: filters, interlacing, depths. */
import { fail } from '../../base/errors.ts'

/** How the samples of a PNG image lie. */
export interface PngGrid {
  readonly width: number
  readonly height: number
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number
  /** Samples of a pixel. */
  readonly samples: number
  readonly isInterlaced: boolean
}

/** The pixels that one pass shows, every `dx`-th from `x` on in every `dy`-th row from `y` on. */
interface Pass {
  readonly x: number
  readonly y: number
  readonly dx: number
  readonly dy: number
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }]
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
]

/** A pass with the extents it has in an image; without those that show nothing. */
const passesOf = ({ width, height, isInterlaced }: PngGrid) =>
  (isInterlaced ? ADAM7 : WHOLE)
    .map((pass) => ({
      ...pass,
      columns: Math.ceil((width - pass.x) / pass.dx),
      rows: Math.ceil((height - pass.y) / pass.dy),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0)

const lineBytes = (columns: number, { depth, samples }: PngGrid): number =>
  Math.ceil((columns * samples * depth) / 8)

/** Bytes of an image unpacked: each line after the number of its filter. */
export const packedSize = (grid: PngGrid): number =>
  passesOf(grid).reduce((sum, { columns, rows }) => sum + rows * (1 + lineBytes(columns, grid)), 0)

/** The samples of an image, row by row, as stored: uint16 where they have 16 bits, else uint8. Overwrites `bytes`. */
export function samplesOf(bytes: Uint8Array, grid: PngGrid): Uint8Array | Uint16Array {
  const { width, height, depth, samples } = grid
  const count = width * height * samples
  const out = depth === 16 ? new Uint16Array(count) : new Uint8Array(count)
  const pixelBytes = Math.max(1, (samples * depth) >> 3)
  let at = 0
  for (const pass of passesOf(grid)) {
    const length = lineBytes(pass.columns, grid)
    let above: Uint8Array = new Uint8Array(length)
    for (let row = 0; row < pass.rows; row++) {
      const line = bytes.subarray(at + 1, at + 1 + length)
      unfilter(bytes[at], line, above, pixelBytes)
      const to = (pass.y + row * pass.dy) * width
      if (out instanceof Uint8Array && depth === 8 && pass.dx === 1) out.set(line, to * samples)
      else spread(line, out, to + pass.x, pass, grid)
      above = line
      at += 1 + length
    }
  }
  return out
}

/** Puts the samples of a line to their places, of which the first pixel is `to`. */
function spread(
  line: Uint8Array,
  out: Uint8Array | Uint16Array,
  to: number,
  { dx, columns }: Pass & { readonly columns: number },
  { depth, samples }: PngGrid,
): void {
  const mask = (1 << depth) - 1
  for (let column = 0, at = 0; column < columns; column++)
    for (let sample = 0; sample < samples; sample++, at++)
      out[(to + column * dx) * samples + sample] =
        depth === 16
          ? (line[2 * at] << 8) | line[2 * at + 1]
          : (line[(at * depth) >> 3] >> (8 - depth - ((at * depth) & 7))) & mask
}

/** Undoes a line's filter in place; `above` is the line before it, unfiltered. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number): void {
  const { length } = line
  if (filter === 1) for (let i = step; i < length; i++) line[i] += line[i - step]
  else if (filter === 2) for (let i = 0; i < length; i++) line[i] += above[i]
  else if (filter === 3)
    for (let i = 0; i < length; i++) line[i] += ((i < step ? 0 : line[i - step]) + above[i]) >> 1
  else if (filter === 4) unfilterPaeth(line, above, step)
  else if (filter !== 0)
    fail({
      code: 'png/torn',
      seen: `a PNG image with a line of filter ${filter}`,
      wanted: 'a filter from 0 to 4',
      fix: 'copy or save the image again, or leave it out',
    })
}

/** Each byte was told from the one of its neighbors (left, above, above left) nearest to left + above − above left. */
function unfilterPaeth(line: Uint8Array, above: Uint8Array, step: number): void {
  const first = Math.min(step, line.length)
  for (let i = 0; i < first; i++) line[i] += above[i]
  for (let i = first; i < line.length; i++) {
    const left = line[i - step]
    const up = above[i]
    const corner = above[i - step]
    const fromLeft = Math.abs(up - corner)
    const fromUp = Math.abs(left - corner)
    const fromCorner = Math.abs(left + up - 2 * corner)
    line[i] += fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner
  }
}
