/** How far the rows of a stretch are from what all else leads to expect, by the windows that hold them. */
import { factorize, solveLower } from '../../../base/math/cholesky.ts'
import { timesVector } from '../../../base/math/precision.ts'
import type { Suspect } from './fault.ts'

/** Windows that a stretch is judged by begin so many to each of their lengths. */
const WINDOWS = 4

/** Cells of a series: rows of some columns. */
export interface Cells {
  readonly columns: readonly number[]
  readonly from: number
  readonly to: number
}

/** A window's view of cells that lie in it: precision and pull of these cells given all else. */
export interface Seen {
  /** Place of each cell among those of the stretch: column by column, row by row. */
  readonly places: Uint32Array
  /** Precision of the cells given all else [n × n], and what it says of their deviation [n]. */
  readonly precision: Float64Array
  readonly pull: Float64Array
}

/** The first rows of windows that hold some of a stretch. */
function startsOf(rows: number, count: number, from: number, to: number): number[] {
  const step = Math.max(1, Math.floor(rows / WINDOWS))
  const last = count - rows
  const starts = new Set<number>()
  for (let start = from - rows + step; start < to; start += step)
    starts.add(Math.min(Math.max(start, 0), last))
  return [...starts].filter((start) => start + rows > from && start < to)
}

/** The cells of a stretch with these values [columns · rows of the stretch], as each window sees them beside the healed rest. */
export function windowsOn(
  { gaussian, healed, series: { width } }: Suspect,
  { columns, from, to }: Cells,
  values: Float64Array,
): Seen[] {
  const { rows, mean, precision } = gaussian
  const size = width * rows
  const length = to - from
  const residual = new Float64Array(size)
  const pull = new Float64Array(size)
  return startsOf(rows, healed.length / width, from, to).map((start) => {
    for (let column = 0, at = 0; column < width; column++)
      for (let row = 0; row < rows; row++, at++)
        residual[at] = healed[(start + row) * width + column] - mean[at]
    const own: number[] = []
    const places: number[] = []
    for (const [place, column] of columns.entries())
      for (let row = Math.max(from, start); row < Math.min(to, start + rows); row++) {
        const at = column * rows + row - start
        own.push(at)
        places.push(place * length + row - from)
        residual[at] = values[place * length + row - from] - mean[at]
      }
    timesVector(precision, residual, pull)
    const block = new Float64Array(own.length ** 2)
    for (const [a, i] of own.entries())
      for (const [b, j] of own.entries()) block[a * own.length + b] = precision[i * size + j]
    return {
      places: Uint32Array.from(places),
      precision: block,
      pull: Float64Array.from(own, (at) => pull[at]),
    }
  })
}

/** The squared distance of the cells from what all else leads to expect, summed over windows. */
export function distanceOf(windows: readonly Seen[]): number {
  let sum = 0
  for (const { precision, pull } of windows) {
    const size = pull.length
    const factor = Float64Array.from(precision)
    factorize(factor, size)
    const solved = Float64Array.from(pull)
    solveLower(factor, size, solved)
    for (const x of solved) sum += x * x
  }
  return sum
}

/** How much of something is in the cells, such as a constant, and how much of their squared distance that takes away. */
export function fitOf(
  windows: readonly Seen[],
  template: ArrayLike<number>,
): { readonly by: number; readonly taken: number } {
  const along = alongOf(windows, template)
  const across = acrossOf(windows, template, template)
  return across > 0 ? { by: along / across, taken: along ** 2 / across } : { by: 0, taken: 0 }
}

/** The same of two things together. */
export function fitOfBoth(
  windows: readonly Seen[],
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { readonly by: readonly [number, number]; readonly taken: number } {
  const [alongA, alongB] = [alongOf(windows, a), alongOf(windows, b)]
  const [aa, ab, bb] = [acrossOf(windows, a, a), acrossOf(windows, a, b), acrossOf(windows, b, b)]
  const volume = aa * bb - ab ** 2
  if (!(volume > 0)) return { by: [0, 0], taken: 0 }
  const by = [(bb * alongA - ab * alongB) / volume, (aa * alongB - ab * alongA) / volume] as const
  return { by, taken: by[0] * alongA + by[1] * alongB }
}

function alongOf(windows: readonly Seen[], template: ArrayLike<number>): number {
  let sum = 0
  for (const { places, pull } of windows)
    for (let at = 0; at < pull.length; at++) sum += template[places[at]] * pull[at]
  return sum
}

function acrossOf(windows: readonly Seen[], a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (const { places, precision } of windows) {
    const size = places.length
    for (let i = 0; i < size; i++) {
      const own = a[places[i]]
      if (own !== 0) for (let j = 0; j < size; j++) sum += own * precision[i * size + j] * b[places[j]]
    }
  }
  return sum
}

/** The values of a column in a stretch. */
export const valuesOf = (
  { series: { data, width } }: Suspect,
  column: number,
  { from, to }: Pick<Cells, 'from' | 'to'>,
): Float64Array => Float64Array.from({ length: to - from }, (_, row) => data[(from + row) * width + column])

/** The stretch as it is, by its windows. */
export const seenAsIs = (suspect: Suspect): Seen[] => {
  const { column, from, to } = suspect.span
  return windowsOn(suspect, { columns: [column], from, to }, valuesOf(suspect, column, suspect.span))
}

/** 1 from the one place to before the other, else 0. */
export const rangeOf = (length: number, from: number, to: number): Float64Array =>
  new Float64Array(length).fill(1, from, to)
