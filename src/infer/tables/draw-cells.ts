import { fillNormal, fillUniform } from '../../base/random.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { Feeds } from '../../engine/engine.ts'
import { type ColumnsOptions, FIRST_DEGREES } from '../../model/likelihoods/columns.ts'
import { FIRST_CONCENTRATION } from '../../model/likelihoods/concentration.ts'
import { likelihoodOf, type ModelSpec } from '../../model/spec.ts'

interface Drawing {
  readonly seed: number
  readonly stream: number
  /** Number of the first row: each draws by its own. */
  readonly first: number
}

/** Draws rows from what a decoder says of them: encoded centers [n × width] to encoded rows, nothing missing. */
export type CellSampler = (centers: Float32Array, drawing: Drawing) => Float32Array

/** Names of the parameters that hold the logarithms of spreads and degrees of freedom of real columns. */
const LOG_SCALE = 'likelihood.logScale'
const LOG_DEGREES = 'likelihood.logDegrees'
/** And of how sharply counts lie about their mean, where they are negative binomial. */
const LOG_CONCENTRATION = 'likelihood.logConcentration'
const BOUND = 20

/**
 * Draws of p(x|z) for encoded rows: normal or Student-t around the center, Poisson or negative binomial, Bernoulli,
 * categorical, as the likelihood `columns` reads them.
 */
export function cellSampler(
  { width, values: slots, groups }: TableLayout,
  spec: ModelSpec,
  values: Feeds,
): CellSampler {
  const scales = realScales(values)
  const degrees = degreesOf(spec, values)
  const concentrations = concentrationsOf(values)
  return (centers, { seed, stream, first }) => {
    const rows = Float32Array.from(centers)
    const normal = new Float32Array(slots)
    const uniform = new Float32Array(slots)
    const angle = new Float32Array(slots)
    for (let row = 0; row * width < rows.length; row++) {
      fillNormal(normal, { seed, stream, step: 4 * (first + row) })
      fillUniform(uniform, { seed, stream, step: 4 * (first + row) + 1 })
      fillUniform(angle, { seed, stream, step: 4 * (first + row) + 2 })
      const own = rows.subarray(row * width, (row + 1) * width)
      for (let at = groups.real[0]; at < groups.real[1]; at++)
        own[at] += scales[at] * (degrees ? student(degrees[at], 1 - uniform[at], angle[at]) : normal[at])
      for (let at = groups.count[0]; at < groups.count[1]; at++)
        own[at] = count(own[at], concentrations?.[at - groups.count[0]], uniform[at])
      for (let at = groups.binary[0]; at < groups.binary[1]; at++) own[at] = uniform[at] < own[at] ? 1 : 0
      for (const { at, levels } of groups.categorical) chooseLevel(own.subarray(at, at + levels), uniform[at])
    }
    return rows
  }
}

/** Spreads of the real slots, which come first in a row. */
export const realScales = (values: Feeds): number[] =>
  Array.from(values[LOG_SCALE]?.data ?? [], (raw) => Math.exp(bounded(raw)))

/** As the likelihood bounds them. */
const bounded = (raw: number): number => raw / Math.sqrt(1 + (raw / BOUND) ** 2)

/** Degrees of freedom of each real slot; undefined where they are Gaussian. */
function degreesOf(spec: ModelSpec, values: Feeds): readonly number[] | undefined {
  const { degrees } = likelihoodOf(spec).options as ColumnsOptions
  const raw = Array.from(values[LOG_DEGREES]?.data ?? [])
  if (degrees === 'learned') return raw.map((own) => FIRST_DEGREES * Math.exp(bounded(own)))
  return degrees === null ? undefined : Array.from(values[LOG_SCALE]?.data ?? [], () => degrees)
}

/** r of each count; undefined where they are Poisson. */
const concentrationsOf = (values: Feeds): readonly number[] | undefined =>
  values[LOG_CONCENTRATION] &&
  Array.from(values[LOG_CONCENTRATION].data, (raw) => FIRST_CONCENTRATION * Math.exp(bounded(raw)))

/** A Student-t number from two uniform ones, for any degrees of freedom. Bailey 1994, eq. 2.1 in polar form. */
const student = (degrees: number, u: number, v: number): number =>
  Math.sqrt(degrees * (u ** (-2 / degrees) - 1)) * Math.cos(2 * Math.PI * v)

/** A mean at which sums of probabilities from 0 on would begin with one that a double does not hold. */
const HIGHEST_MEAN = 500
const MOST_STEPS = 20_000

/**
 * The count at share `u` of a Poisson distribution, or of a negative binomial one of concentration r: each probability is
 * the one before it times (r + k)·μ / ((r + μ)·(k + 1)), which nears μ/(k + 1).
 */
function count(mean: number, r: number | undefined, u: number): number {
  const first = r === undefined ? -mean : -r * Math.log1p(mean / r)
  if (first < -HIGHEST_MEAN) return Math.round(mean)
  let term = Math.exp(first)
  let drawn = 0
  for (let left = u - term; left > 0 && drawn < MOST_STEPS; left -= term) {
    term *= (r === undefined ? mean : ((r + drawn) * mean) / (r + mean)) / (drawn + 1)
    drawn++
  }
  return drawn
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
