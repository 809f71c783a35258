import { covariance, eigen, type Matrix } from '../base/math/linear-algebra.ts'
import { LOG_TWO_PI } from '../base/math/normal.ts'
import { meanOf, sumOf } from '../base/math/sums.ts'

export interface ProbabilisticPca {
  /** σ² of what lies outside the subspace. */
  readonly variance: number
  /** Orthonormal rows. */
  readonly subspace: Matrix
  /** Per example, in nats. */
  readonly logLikelihood: number
}

/** Probabilistic PCA at its maximum of likelihood. Tipping & Bishop 1999, eqs. 7 and 8. */
export function probabilisticPca(data: Matrix, latent: number): ProbabilisticPca {
  const { values, vectors } = eigen(covariance(data))
  const variance = meanOf(values.slice(latent))
  const logDeterminant =
    sumOf(values.slice(0, latent).map(Math.log)) + (values.length - latent) * Math.log(variance)
  return {
    variance,
    subspace: vectors.slice(0, latent),
    logLikelihood: -0.5 * (values.length * (LOG_TWO_PI + 1) + logDeterminant),
  }
}
