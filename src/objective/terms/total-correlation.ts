/**
 * The KL taken apart into what codes tell of their example, what dimensions tell of each other, and what each
 * dimension differs from the prior by: KL = I(z; n) + TC(z) + KL of the marginals. Chen et al. 2018, eq. 2.
 *
 * With q(z) = mean q(z|xₙ) over the N training examples,
 * log q(z|x) − log p(z) = [log q(z|x) − log q(z)] + [log q(z) − Σⱼ log q(zⱼ)] + [Σⱼ log q(zⱼ) − log p(z)],
 * so that three equal weights are that weight on the KL at the draws, whatever the estimate of q(z).
 */
import * as z from 'zod/mini'
import {
  add,
  constant,
  equal,
  logSumExp,
  reshape,
  sub,
  sum,
  type Tensor,
  transpose,
  where,
} from '../../graph/vocabulary.ts'
import { overDraws, perDraw } from '../../model/autoencoder.ts'
import { gaussianLogDensity } from '../../model/distributions/gaussian.ts'
import type { Statistics } from '../../model/distributions/latent.ts'
import { defineTerm, type TermTrace, tidy, times } from '../term.ts'

const options = z.strictObject({
  estimator: z._default(
    z
      .enum(['stratified', 'weighted'])
      .check(z.describe('how q(z) is estimated from a batch: stratified is unbiased, weighted is too low')),
    'stratified',
  ),
})
type Estimator = z.infer<typeof options>['estimator']

/** What there is to know of the aggregate posterior q(z). */
export interface Aggregate {
  /** log q(z) in nats [rows]. */
  readonly joint: Tensor
  /** Σⱼ log q(zⱼ) in nats [rows]. */
  readonly marginals: Tensor
}

/** The batch that q(z) is estimated from. */
export interface AggregateRequest {
  /** Codes [rows, latent], `draws` of each example one after the other. */
  readonly code: Tensor
  /** `mean` and `logVariance` of each example [batch, latent]. */
  readonly statistics: Statistics
  readonly draws: number
  /** Training examples N. */
  readonly examples: number
  readonly estimator: Estimator
}

/**
 * Estimates log q(z) and Σⱼ log q(zⱼ) at codes from the posteriors of their batch; holds [rows, latent, batch].
 *
 * Both estimates of a density are Σₘ wₘ q(z|xₘ) over the batch of M, summed on the log scale; see `logWeights`.
 * Chen et al. 2018, appendix C.
 */
export function aggregateLogDensities(request: AggregateRequest): Aggregate {
  const { code, statistics } = request
  const each = gaussianLogDensity(
    reshape(code, [...code.shape, 1]),
    transpose(statistics.mean),
    transpose(statistics.logVariance),
  )
  const weights = logWeights(request)
  const [rows, batch] = weights.shape
  return {
    joint: logSumExp(add(sum(each, [1]), weights)),
    marginals: sum(logSumExp(add(each, reshape(weights, [rows, 1, batch]))), [1]),
  }
}

/**
 * log wₘ of each code and each posterior of the batch [rows, batch].
 *
 * weighted: 1/(NM), whose expectation (q(z|x) + (M − 1) q(z))/(NM) is too low: log q(z) by log N nats where posteriors
 * overlap, by log M where they do not (appendix C.1). stratified: 1/N for the code's own example, and (N − 1)/N shared
 * among the other M − 1, which is unbiased for q(z) and exact where the batch is the data set. The paper's appendix C.2
 * gives one of the others a share unlike the rest; the mean over which one it is has the same expectation and less
 * variance. A batch of one has no others.
 */
function logWeights({ statistics, draws, examples, estimator }: AggregateRequest): Tensor {
  const batch = statistics.mean.shape[0] as number
  const others = Math.max(batch - 1, 1)
  const [own, other] = {
    weighted: [1 / (examples * batch), 1 / (examples * batch)],
    stratified: [1 / examples, Math.max(examples - 1, 1) / (examples * others)],
  }[estimator].map(Math.log)
  const numbers = constant(Array.from({ length: batch }, (_, example) => example))
  return where(equal(perDraw(reshape(numbers, [batch, 1]), draws), numbers), own, other)
}

interface PartOfKl<Name extends string> {
  readonly name: Name
  readonly summary: string
  readonly option: string
  readonly symbol: string
  readonly defaultWeight: number
  readonly rate?: 'beta'
  readonly formula: string
  /** In nats [rows]. */
  readonly ofDraws: (model: TermTrace['model'], aggregate: Aggregate) => Tensor
  readonly reading: (weight: number) => string
}

/** The three parts differ in which two log-densities they compare. */
const ofKl = <const Name extends string>({ formula, ofDraws, ...part }: PartOfKl<Name>) =>
  defineTerm({
    ...part,
    on: 'posterior',
    paper: 'Chen et al. 2018, eq. 2 and appendix C',
    options,
    formula: () => formula,
    needs: 'gaussian',
    loss({ model, setting: { examples } }, { estimator }) {
      const { posterior, draws } = model
      const { code, statistics } = posterior
      const aggregate = aggregateLogDensities({ code, statistics, draws, examples, estimator })
      return overDraws(ofDraws(model, aggregate), draws)
    },
  })

/** I(z; n): what a code tells of which example it is from. */
export const indexCodeMi = ofKl({
  name: 'index-code-mi',
  summary: 'mutual information of code and example',
  option: 'mi',
  symbol: 'α',
  defaultWeight: 1,
  formula: 'I(z; n)',
  ofDraws: ({ posterior }, { joint }) => sub(posterior.logDensity as Tensor, joint),
  reading: (alpha) =>
    alpha === 0
      ? 'off: codes may tell as much of their example as they can'
      : `charges ${tidy(alpha)} for each nat that codes tell of their example; the ELBO charges 1`,
})

/** TC(z) = KL(q(z) ‖ Πⱼ q(zⱼ)): what dimensions tell of each other. */
export const totalCorrelation = ofKl({
  name: 'total-correlation',
  summary: 'dependence of the dimensions of the code on each other',
  option: 'tc',
  symbol: 'β_TC',
  defaultWeight: 6,
  formula: 'TC(z)',
  ofDraws: (_, { joint, marginals }) => sub(joint, marginals),
  reading: (beta) =>
    beta === 0
      ? 'off: dimensions of the code may depend on each other'
      : `prior on the code as a whole: dimensions independent, ${tidy(beta)} for each nat they share; Chen et al. ` +
        `call this weight β. The ELBO charges 1, and so does a kl term beside it`,
})

/** Σⱼ KL(q(zⱼ) ‖ p(zⱼ)) where the prior is a product; under any other prior, what is left of the KL. */
export const dimensionWiseKl = ofKl({
  name: 'dimension-wise-kl',
  summary: 'divergence of each dimension of the code, over all examples, from the prior',
  option: 'dimension-kl',
  symbol: 'γ',
  defaultWeight: 1,
  rate: 'beta',
  formula: 'Σⱼ KL(q(zⱼ) ‖ p(zⱼ))',
  ofDraws: ({ posterior, prior }, { marginals }) => sub(marginals, prior.logDensity(posterior.code)),
  reading: (gamma) =>
    gamma === 0
      ? 'off: each dimension may have any distribution'
      : `prior on each dimension of the code over all examples, zⱼ ~ p(zⱼ), counted ${times(gamma)}; ` +
        `the ELBO counts it once`,
})
