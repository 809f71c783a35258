import { type Recipe, varianceOfMeans } from '../../../../inside.ts'
import type { Unit } from '../../protocol.ts'
import type { Coded } from './explorer.ts'

/** Variance of means above which a unit counts as active. Burda et al. 2016, §5.2. */
const ACTIVE = 0.01

/** Dimensions of the code, highest KL first; by variance where the KL is no sum over them in closed form. */
export function unitsOf({ mean, logVariance }: Coded, { model }: Recipe): Unit[] {
  const [count, latent] = mean.shape
  const variances = varianceOfMeans(Float64Array.from(mean.data), latent)
  const isClosed = logVariance && model.latent.name === 'gaussian' && model.prior.name === 'standard'
  const kl = isClosed ? meanKl(mean.data, logVariance.data, count, latent) : undefined
  return variances
    .map((variance, dimension) => ({
      dimension,
      kl: kl ? kl[dimension] : null,
      variance,
      isActive: variance > ACTIVE,
    }))
    .sort((a, b) => (b.kl ?? b.variance) - (a.kl ?? a.variance))
}

/** Of each dimension, KL(N(μ, σ²) ‖ N(0, 1)) averaged over examples. Kingma & Welling 2014, appendix B. */
function meanKl(
  mean: ArrayLike<number>,
  logVariance: ArrayLike<number>,
  count: number,
  latent: number,
): Float64Array {
  const kl = new Float64Array(latent)
  for (let at = 0; at < count * latent; at++)
    kl[at % latent] += (mean[at] ** 2 + Math.exp(logVariance[at]) - 1 - logVariance[at]) / (2 * count)
  return kl
}
