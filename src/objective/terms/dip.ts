/** DIP-VAE: the aggregate posterior's covariance is pulled to the identity. Kumar et al. 2018, eq. 6–7. */
import * as z from 'zod/mini'
import {
  add,
  constant,
  exp,
  matmul,
  mean,
  mul,
  square,
  sub,
  sum,
  type Tensor,
} from '../../graph/vocabulary.ts'
import { defineTerm, tidy } from '../term.ts'

/** The identity's entries [size, size]. */
const identity = (size: number): Tensor =>
  constant(
    Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0)),
    [size, size],
  )

/**
 * Covariance over the batch [latent, latent] of rows [batch, latent].
 *
 * Divided by the batch size: then it and the mean posterior covariance add up to the covariance of the batch's
 * mixture of posteriors exactly.
 */
function covariance(rows: Tensor): Tensor {
  const centered = sub(rows, mean(rows, [0], true))
  return mul(matmul(centered, centered, { transposeA: true }), 1 / (rows.shape[0] as number))
}

/** Σ over pairs of dimensions of Cᵢⱼ², and of `diagonal`·(Cᵢᵢ − 1)²: a scalar. */
function distanceFromIdentity(matrix: Tensor, diagonal: number): Tensor {
  const one = identity(matrix.shape[0] as number)
  return sum(mul(square(sub(matrix, one)), add(mul(one, diagonal - 1), 1)))
}

const optionsWith = (diagonal: number) =>
  z.strictObject({
    diagonal: z._default(
      z
        .number()
        .check(
          z.nonnegative(),
          z.describe('λ_d/λ_od: weight of variances away from 1, in units of the weight of covariances'),
        ),
      diagonal,
    ),
  })
type Options = z.infer<ReturnType<typeof optionsWith>>

const reading =
  (subject: string) =>
  (weight: number, { diagonal }: Options): string =>
    weight === 0
      ? `off: ${subject} may be correlated`
      : `prior on the code over all examples: ${subject} uncorrelated (λ_od = ${tidy(weight)}) and of variance 1 ` +
        `(λ_d = ${tidy(weight * diagonal)}), as under N(0, I)`

const formula =
  (matrix: string) =>
  ({ diagonal }: Options): string =>
    `(Σᵢ≠ⱼ ${matrix}ᵢⱼ² + ${diagonal === 1 ? '' : `${tidy(diagonal)} `}Σᵢ (${matrix}ᵢᵢ − 1)²)`

/** DIP-VAE-I: the covariance of posterior means. Eq. 6. */
export const dip1 = defineTerm({
  name: 'dip-1',
  on: 'posterior',
  summary: 'covariance of posterior means away from the identity (DIP-VAE-I)',
  paper: 'Kumar et al. 2018, eq. 6',
  option: 'dip-1',
  symbol: 'λ_od',
  defaultWeight: 10,
  options: optionsWith(10),
  formula: formula('Cov[μ]'),
  loss: ({ model }, { diagonal }) => distanceFromIdentity(covariance(model.posterior.mean), diagonal),
  reading: reading('posterior means'),
})

/** DIP-VAE-II: the covariance of codes, which is that of posterior means plus the mean posterior variance. Eq. 7. */
export const dip2 = defineTerm({
  name: 'dip-2',
  on: 'posterior',
  summary: 'covariance of codes away from the identity (DIP-VAE-II)',
  paper: 'Kumar et al. 2018, eq. 7',
  option: 'dip-2',
  symbol: 'λ_od',
  defaultWeight: 10,
  options: optionsWith(1),
  formula: formula('Cov[z]'),
  needs: 'gaussian',
  loss({ model }, { diagonal }) {
    const { mean: means, logVariance } = model.posterior.statistics
    const within = mul(mean(exp(logVariance), [0]), identity(means.shape[1] as number))
    return distanceFromIdentity(add(covariance(means), within), diagonal)
  },
  reading: reading('codes'),
})
