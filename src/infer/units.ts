import { columnMeans } from '../base/math/columns.ts'
import { klToStandardNormal } from '../base/math/normal.ts'
import { latentOf, type ModelSpec, priorOf } from '../model/spec.ts'
import type { Encoded } from './model.ts'

/** Variance over examples above which a unit of the code counts as active. Burda et al. 2016, §5.2. */
const ACTIVE_VARIANCE = 0.01
/** A code without a posterior has no unit of length: there it is this share of the widest unit's variance. */
const ACTIVE_SHARE = 1e-3

/** A dimension of the code and how it is used. @inline */
export interface Unit {
  readonly dimension: number
  /** Variance over examples of its posterior mean. */
  readonly variance: number
  /** Mean KL over examples, in nats; absent where the KL is no sum over dimensions. */
  readonly kl?: number
  /** Whether it moves with the example: Var_x(E[z|x]) > 0.01. Burda et al. 2016, §5.2. */
  readonly isActive: boolean
}

/** What is known of the code's dimensions over some examples, in their order. */
export interface CodeUse {
  /** Variance of posterior means. */
  readonly activity: readonly number[]
  /** Mean KL in nats; null or absent where the KL is no sum over dimensions. */
  readonly klPerDimension?: readonly number[] | null
}

/** Variance over examples of each column of a table of posterior means [n × latent]. */
export function varianceOfMeans(means: Float64Array, latent: number): number[] {
  const centers = columnMeans(means, latent)
  const squares = new Array<number>(latent).fill(0)
  // Without a table of squares, which may be as large as the means.
  for (let i = 0; i < means.length; i++) squares[i % latent] += (means[i] - centers[i % latent]) ** 2
  return squares.map((sum) => sum / (means.length / latent))
}

/** Which units of a model's code are active, by the variances of their means: the one answer to that question. */
export function areActive(activity: readonly number[], model: ModelSpec): boolean[] {
  const least = latentOf(model).kind.stochastic ? ACTIVE_VARIANCE : ACTIVE_SHARE * Math.max(...activity)
  return activity.map((variance) => variance > least)
}

/** How many units of a model's code are active. */
export const countActive = (activity: readonly number[], model: ModelSpec): number =>
  areActive(activity, model).filter(Boolean).length

/** All units of a model's code, the strongest first: by KL where it is known, else by the variance of their means. */
export function rankUnits({ activity, klPerDimension }: CodeUse, model: ModelSpec): Unit[] {
  const active = areActive(activity, model)
  return activity
    .map((variance, dimension) => ({
      dimension,
      variance,
      ...(klPerDimension ? { kl: klPerDimension[dimension] } : {}),
      isActive: active[dimension],
    }))
    .sort((a, b) => (b.kl ?? b.variance) - (a.kl ?? a.variance))
}

/** Units worth showing: the active ones; all where none is. */
export function shownUnits<Shown extends Pick<Unit, 'isActive'>>(units: readonly Shown[]): readonly Shown[] {
  const active = units.filter(({ isActive }) => isActive)
  return active.length > 0 ? active : units
}

/** The units of a model's code, ranked by the posteriors of some examples. */
export function unitsOf({ mean, logVariance }: Encoded, model: ModelSpec): Unit[] {
  const { size } = model.latent
  const means = Float64Array.from(mean.data)
  const isSum = latentOf(model).kind.gaussian && priorOf(model).kind.isStandard
  const nats = isSum && logVariance && means.map((value, i) => klToStandardNormal(value, logVariance.data[i]))
  return rankUnits(
    { activity: varianceOfMeans(means, size), klPerDimension: nats ? columnMeans(nats, size) : null },
    model,
  )
}
