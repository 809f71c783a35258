import { logNormalizer } from '../../base/math/normal.ts'
import { likelihoodOf } from '../../model/spec.ts'
import type { Found } from './finding.ts'
import { activeOf, countOf, type History, judged } from './history.ts'
import { figure } from './words.ts'

const NOTED = 4
const WARNED = 10

/**
 * The variance that a Gaussian observation is given, β counted in, is far from what the model leaves unexplained.
 *
 * Reconstruction + β·KL is −ELBO of an observation with variance βσ²; the ELBO is best where that is the mean squared
 * residual. Rybkin et al. 2021.
 */
export function observationNoise(history: History): Found | undefined {
  const { recipe, events, told, beta, latent } = history
  const { kind, options } = likelihoodOf(recipe.model)
  const variance = kind.variance(options)
  const dataSize = events.findLast((event) => event.kind === 'start')?.dataSize
  if (variance === undefined || dataSize === undefined || !beta) return undefined
  const each = judged(told).reconstruction / dataSize + kind.omitted(options)
  const residual = 2 * variance * (each - logNormalizer(variance))
  const implied = beta * variance
  const ratio = implied / residual
  if (!(residual > 0) || (ratio < NOTED && ratio > 1 / NOTED)) return undefined
  const active = activeOf(history, told)
  const costs = ratio < 1 || (active !== undefined && countOf(active) < latent / 2)
  const far = ratio > WARNED || ratio < 1 / WARNED
  return {
    code: 'diagnosis/observation-noise',
    severity: costs && far ? 'warning' : 'note',
    gist: 'the noise that it assumes does not fit the data',
    said:
      `σ is too ${ratio > 1 ? 'large' : 'small'} for these data: ${beta === 1 ? 'σ²' : 'β·σ²'} = ${figure(implied)}, ` +
      `but the mean squared residual is ${figure(residual)}, ` +
      `so the KL counts ${figure(ratio)} times as much as it would at the best σ`,
    ways: [
      { words: 'let σ follow the residual', options: { objective: 'sigma-vae' } },
      {
        words: 'say it',
        options: { likelihood: 'gaussian', sigma: Number(Math.sqrt(residual / beta).toPrecision(2)) },
      },
    ],
  }
}
