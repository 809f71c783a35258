import { average, covariance, eigen, type Matrix, sum } from '../base/math/linear-algebra.ts'

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
  const variance = average(values.slice(latent))
  const logDeterminant =
    sum(values.slice(0, latent).map(Math.log)) + (values.length - latent) * Math.log(variance)
  return {
    variance,
    subspace: vectors.slice(0, latent),
    logLikelihood: -0.5 * (values.length * (Math.log(2 * Math.PI) + 1) + logDeterminant),
  }
}
