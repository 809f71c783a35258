import { fillNormal, fillUniform } from '../../base/random.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { Feeds } from '../../engine/engine.ts'
import { likelihoodOf, type ModelSpec } from '../../model/spec.ts'

interface Drawing {
  readonly seed: number
  readonly stream: number
  /** Number of the first row: each draws by its own. */
  readonly first: number
}

/** Draws rows from what a decoder says of them: encoded centers [n × width] to encoded rows, nothing missing. */
export type CellSampler = (centers: Float32Array, drawing: Drawing) => Float32Array

/** Name of the parameter that holds the logarithms of the spreads of real columns. */
const LOG_SCALE = 'likelihood.logScale'
const BOUND = 20

/**
 * Draws of p(x|z) for encoded rows: normal or Student-t around the center, Poisson, Bernoulli, categorical, as the
 * likelihood `columns` reads them.
 */
export function cellSampler(
  { width, values: slots, groups }: TableLayout,
  spec: ModelSpec,
  values: Feeds,
): CellSampler {
  const { degrees } = likelihoodOf(spec).options as { readonly degrees: number | null }
  const scales = Array.from(values[LOG_SCALE]?.data ?? [], scaleOf)
  return (centers, { seed, stream, first }) => {
    const rows = Float32Array.from(centers)
    const normal = new Float32Array(slots)
    const uniform = new Float32Array(slots)
    for (let row = 0; row * width < rows.length; row++) {
      fillNormal(normal, { seed, stream, step: 4 * (first + row) })
      fillUniform(uniform, { seed, stream, step: 4 * (first + row) + 1 })
      const own = rows.subarray(row * width, (row + 1) * width)
      const spread = degrees === null ? () => 1 : studentSpread(degrees, { seed, stream, row: first + row })
      for (let at = groups.real[0]; at < groups.real[1]; at++) own[at] += scales[at] * normal[at] * spread(at)
      for (let at = groups.count[0]; at < groups.count[1]; at++) own[at] = poisson(own[at], uniform[at])
      for (let at = groups.binary[0]; at < groups.binary[1]; at++) own[at] = uniform[at] < own[at] ? 1 : 0
      for (const { at, levels } of groups.categorical) chooseLevel(own.subarray(at, at + levels), uniform[at])
    }
    return rows
  }
}

/** As the likelihood bounds it. */
const scaleOf = (raw: number): number => Math.exp(raw / Math.sqrt(1 + (raw / BOUND) ** 2))

/** What a normal number is multiplied by to be Student-t: √(ν/χ²ᵥ), χ² as a sum over ν squared normals. */
function studentSpread(
  degrees: number,
  { seed, stream, row }: { readonly seed: number; readonly stream: number; readonly row: number },
): (at: number) => number {
  const whole = Math.max(1, Math.round(degrees))
  return (at) => {
    const normals = fillNormal(new Float32Array(whole), { seed: seed * 4096 + at, stream, step: 4 * row + 2 })
    return Math.sqrt(whole / normals.reduce((sum, x) => sum + x * x, 0))
  }
}

/** The count at share `u` of a Poisson distribution. */
function poisson(rate: number, u: number): number {
  if (rate > 500) return Math.round(rate)
  let term = Math.exp(-rate)
  let count = 0
  for (let left = u - term; left > 0 && count < 5000; left -= term) term *= rate / ++count
  return count
}

/** Puts a 1 at the level at share `u` of the probabilities, 0 elsewhere. */
function chooseLevel(probabilities: Float32Array, u: number): void {
  let left = u
  let chosen = probabilities.length - 1
  for (const [level, share] of probabilities.entries()) {
    left -= share
    if (left < 0) {
      chosen = level
      break
    }
  }
  probabilities.fill(0)
  probabilities[chosen] = 1
}
