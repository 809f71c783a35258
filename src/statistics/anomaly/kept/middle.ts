import { medianOf } from '../../../base/math/quantile.ts'

/** Rows [count × width]; where `known` is 0 a number is missing, and whatever stands there is not read. */
export interface PartlyKnown {
  readonly width: number
  readonly data: Float64Array
  readonly known: Uint8Array
}

/** The median absolute deviation of a normal distribution of deviation 1, inverted. */
const OF_NORMAL = 1.4826
/** Below this half of the values are one, and the standard deviation says more. */
const LEAST = 1e-6

/**
 * The median of each number [width] and, after these, its spread [width], as half of the rows have it: 1.4826 times the
 * median absolute deviation (Rousseeuw & Croux 1993), or the standard deviation where half of the values are one.
 */
export function middleOf({ width, data, known }: PartlyKnown): Float32Array {
  const out = new Float32Array(2 * width).fill(1, width)
  for (let number = 0; number < width; number++) {
    const values: number[] = []
    for (let at = number; at < data.length; at += width) if (known[at] === 1) values.push(data[at])
    if (values.length === 0) continue
    const median = medianOf(values)
    const spreads = [OF_NORMAL * medianOf(values.map((x) => Math.abs(x - median))), deviationOf(values)]
    out[number] = median
    out[width + number] = spreads.find((spread) => spread >= LEAST) ?? 1
  }
  return out
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0)
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2 / values.length, 0))
}

/** log(1 + Σ z²) of a row without gaps, z what each number is off its median in spreads: no column knows of another. */
export function distanceFromMiddle(middle: Float32Array): (row: Float64Array) => number {
  const width = middle.length / 2
  return (row) => {
    let sum = 0
    for (let at = 0; at < width; at++) sum += ((row[at] - middle[at]) / middle[width + at]) ** 2
    return Math.log1p(sum)
  }
}
