import { klToStandardNormal, LOG_TWO_PI } from '../base/math/normal.ts'
import { meanOf, sumOf } from '../base/math/sums.ts'
import { fillNormal, streamOf } from '../base/random.ts'
import type { Posteriors } from '../infer/posteriors.ts'
import { type AggregateDensities, aggregateDensities, type DrawnCodes } from './aggregate.ts'

/** Examples whose posteriors make up q(z), at most. */
export const MOST_POSTERIORS = 10_000
/** One-dimensional densities to be computed, about: a second. */
const WORK = 5e7
const FEWEST_DRAWS = 100
const MOST_DRAWS = 5000
/** Nats from its bound at which the information counts as having reached it. */
const NEAR = 0.2

/**
 * The mean KL taken apart: KL = I(z; n) + TC(z) + Σⱼ KL(q(zⱼ) ‖ p(zⱼ)), in nats. Hoffman & Johnson 2016; Chen et al.
 * 2018, eq. 2.
 *
 * q(z) is the mixture of the posteriors of `examples` examples, all of them at every code, and exact. Expectations are
 * means over `draws` codes, with the sampled KL, whose mean is known under N(0, I), as control variate: the parts add
 * up to `kl`.
 *
 * @inline
 */
export interface KlSplit {
  /** Examples whose posteriors make up q(z): the split, or 10,000 of it spread evenly. */
  readonly examples: number
  /** Codes, spread evenly over the examples. */
  readonly draws: number
  /** Mean KL(q(z|x) ‖ p(z)) of these examples: closed form under N(0, I), else at the draws. */
  readonly kl: number
  /** I(z; n), what a code tells of which example it is from. */
  readonly indexCodeMutualInformation: number
  /** log of `examples`: as much as that many examples can show. */
  readonly mutualInformationBound: number
  /** Whether that much was nearly found: of all data the information may be more, and total correlation and gap less. */
  readonly saturated: boolean
  /** KL(q(z) ‖ Πⱼ q(zⱼ)), what dimensions tell of each other. */
  readonly totalCorrelation: number
  /** Σⱼ KL(q(zⱼ) ‖ p(zⱼ)); null under a prior that is no product over dimensions. */
  readonly dimensionWiseKl: number | null
  /** KL(q(z) ‖ p(z)) = kl − I(z; n): how far codes of data lie from the prior that samples are drawn from. */
  readonly aggregateGap: number
  /** Of these estimates, from the draws. */
  readonly standardErrors: {
    readonly indexCodeMutualInformation: number
    readonly totalCorrelation: number
    readonly dimensionWiseKl: number | null
    readonly aggregateGap: number
  }
}

export interface KlSplitRequest {
  readonly posteriors: Posteriors
  readonly latent: number
  readonly seed: number
  /** log p(z) in nats [draws] of codes [draws × latent]; without it the prior is N(0, I). */
  readonly priorLogDensity?: (codes: Float64Array) => Promise<Float64Array>
  readonly signal?: AbortSignal
}

/** Takes the mean KL of Gaussian posteriors apart; the same request gives the same numbers. */
export async function klSplit(request: KlSplitRequest): Promise<KlSplit> {
  const { posteriors, latent, priorLogDensity, signal } = request
  const drawn = drawCodes(request)
  const densities = await aggregateDensities(posteriors, drawn, signal)
  const prior = priorLogDensity ? await priorLogDensity(drawn.codes) : standardLogDensity(drawn.codes, latent)
  const ratio = difference(densities.own, prior)
  const kl = priorLogDensity ? meanOf(ratio) : closedKl(posteriors, latent)
  const part = (values: Float64Array) => adjusted(values, ratio, kl)
  const parts = partsOf(densities, prior, part)
  const examples = posteriors.means.length / latent
  const isProduct = priorLogDensity === undefined
  return {
    examples,
    draws: drawn.owners.length,
    kl,
    indexCodeMutualInformation: parts.information.mean,
    mutualInformationBound: Math.log(examples),
    saturated: parts.information.mean > Math.log(examples) - NEAR,
    totalCorrelation: parts.correlation.mean,
    dimensionWiseKl: isProduct ? parts.dimensions.mean : null,
    aggregateGap: parts.gap.mean,
    standardErrors: {
      indexCodeMutualInformation: parts.information.error,
      totalCorrelation: parts.correlation.error,
      dimensionWiseKl: isProduct ? parts.dimensions.error : null,
      aggregateGap: parts.gap.error,
    },
  }
}

const partsOf = (
  { own, joint, marginals }: AggregateDensities,
  prior: Float64Array,
  part: (values: Float64Array) => Adjusted,
) => ({
  information: part(difference(own, joint)),
  correlation: part(difference(joint, marginals)),
  dimensions: part(difference(marginals, prior)),
  gap: part(difference(joint, prior)),
})

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i])

/** As many draws as the work allows; of each example equally many, or else of examples spread evenly. */
function drawCodes({ posteriors, latent, seed }: KlSplitRequest): DrawnCodes {
  const { means, logVariances } = posteriors
  const examples = means.length / latent
  const most = Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, Math.floor(WORK / means.length)))
  const draws = most < examples ? most : Math.floor(most / examples) * examples
  const owners = Uint32Array.from({ length: draws }, (_, draw) => Math.floor((draw * examples) / draws))
  const noise = fillNormal(new Float32Array(draws * latent), { seed, stream: streamOf('kl-split'), step: 0 })
  const codes = Float64Array.from(noise, (value, i) => {
    const at = owners[Math.floor(i / latent)] * latent + (i % latent)
    return means[at] + Math.exp(logVariances[at] / 2) * value
  })
  return { codes, owners }
}

function standardLogDensity(codes: Float64Array, latent: number): Float64Array {
  const all = new Float64Array(codes.length / latent)
  codes.forEach((z, i) => {
    all[Math.floor(i / latent)] -= 0.5 * (z * z + LOG_TWO_PI)
  })
  return all
}

/** Mean KL(q(z|x) ‖ N(0, I)). */
const closedKl = ({ means, logVariances }: Posteriors, latent: number): number =>
  sumOf(means.map((mean, i) => klToStandardNormal(mean, logVariances[i]))) / (means.length / latent)

interface Adjusted {
  readonly mean: number
  /** Standard error of the mean. */
  readonly error: number
}

/**
 * The mean of `values`, corrected by regression on `control`, whose expectation is known.
 *
 * Coefficients of values that add up to the control add up to 1, so that their corrected means add up to `expected`.
 */
function adjusted(values: Float64Array, control: Float64Array, expected: number): Adjusted {
  const count = values.length
  const [center, controlCenter] = [meanOf(values), meanOf(control)]
  let [across, square] = [0, 0]
  for (let i = 0; i < count; i++) {
    across += (values[i] - center) * (control[i] - controlCenter)
    square += (control[i] - controlCenter) ** 2
  }
  const slope = square > 0 ? across / square : 0
  const left = values.reduce(
    (sum, value, i) => sum + (value - center - slope * (control[i] - controlCenter)) ** 2,
    0,
  )
  return {
    mean: center - slope * (controlCenter - expected),
    error: Math.sqrt(left / Math.max(1, count - 2) / count),
  }
}
