import type { NDArray } from '../../base/arrays.ts'
import { type KnownCodes, refuseWithoutPrior, storedCodes } from './sampler.ts'

/** Where codes lie, dimension by dimension. @inline */
export interface CodeSpread {
  /** [latent]. */
  readonly mean: Float64Array
  /** Standard deviations [latent]. */
  readonly deviation: Float64Array
}

/** Whose spread: that of the prior, or of codes of training examples, which is the aggregate posterior. */
export const spreadSources = ['prior', 'codes'] as const
/** @inline */
export type SpreadSource = (typeof spreadSources)[number]

/** Mean and standard deviation of every dimension. Errors: `infer/no-prior`, `infer/no-codes`. */
export function spreadOf(known: Omit<KnownCodes, 'learn'>, source: SpreadSource): CodeSpread {
  const { latent, prior, drawnPrior, hasPrior } = known
  if (source === 'codes') {
    return spreadOfCodes(storedCodes(known))
  }
  if (!hasPrior) return refuseWithoutPrior('the spread of the prior', 'take that of its codes (--unit codes)')
  if (drawnPrior) return { mean: drawnPrior.mean, deviation: drawnPrior.deviation }
  if (!prior) return { mean: new Float64Array(latent), deviation: new Float64Array(latent).fill(1) }
  return moments(latent, prior.logWeight.data.length, (k, d) => ({
    weight: Math.exp(prior.logWeight.data[k]),
    mean: prior.mean.data[k * latent + d],
    variance: Math.exp(prior.logVariance.data[k * latent + d]),
  }))
}

/** Mean and standard deviation of every dimension of codes [n, latent]. */
export const spreadOfCodes = ({ data, shape: [count, latent] }: NDArray): CodeSpread =>
  moments(latent, count, (row, d) => ({ weight: 1 / count, mean: data[row * latent + d], variance: 0 }))

interface Part {
  readonly weight: number
  readonly mean: number
  readonly variance: number
}

/** The spread of a mixture: Σ wₖμₖ, and the root of Σ wₖ(σₖ² + (μₖ − mean)²). */
function moments(
  latent: number,
  count: number,
  partAt: (part: number, dimension: number) => Part,
): CodeSpread {
  const mean = new Float64Array(latent)
  const deviation = new Float64Array(latent)
  for (let d = 0; d < latent; d++) {
    const parts = Array.from({ length: count }, (_, k) => partAt(k, d))
    mean[d] = parts.reduce((sum, part) => sum + part.weight * part.mean, 0)
    deviation[d] = Math.sqrt(
      parts.reduce((sum, part) => sum + part.weight * (part.variance + (part.mean - mean[d]) ** 2), 0),
    )
  }
  return { mean, deviation }
}
