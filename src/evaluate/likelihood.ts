import { meanOf } from '../base/math/sums.ts'
import { sampleVarianceOf } from '../base/math/variance.ts'
import type { LogWeights } from '../infer/importance.ts'

/** −log p(x) in nats per example, model units. @inline */
export interface LikelihoodEstimate {
  /** Mean over examples. An upper bound in expectation, tighter with more samples. */
  readonly estimate: number
  /** Of that mean, over examples; null where there is one. */
  readonly standardError: number | null
  /** Draws from each posterior, K. */
  readonly samples: number
  /** The part of the error that comes from drawing: what other draws would change. Null with one draw. */
  readonly samplingError: number | null
  /** How much too high the estimate is expected to be, to first order in 1/K. Null with one draw. Nowozin 2018, eq. 6. */
  readonly bias: number | null
  /** (Σw)²/Σw², averaged over examples: draws that count. Near 1, one draw decides and the errors are no guide. */
  readonly effectiveSamples: number
}

/** What the weights of each example have come to so far, relative to the greatest of them. */
interface Sums {
  readonly greatest: Float64Array
  readonly weights: Float64Array
  readonly squares: Float64Array
  readonly drawn: Uint32Array
}

/**
 * Importance-weighted −log p(x): −(logsumexp_k log wₖ − log K). Burda et al. 2016, eq. 8.
 *
 * Log-weights log p(x|z) + log p(z) − log q(z|x) are added up in float64 as they come and not kept, so that memory does
 * not grow with K.
 */
export async function negativeLogLikelihood(
  pieces: AsyncIterable<LogWeights>,
  count: number,
): Promise<LikelihoodEstimate> {
  const sums: Sums = {
    greatest: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
    weights: new Float64Array(count),
    squares: new Float64Array(count),
    drawn: new Uint32Array(count),
  }
  for await (const { first, examples, values } of pieces) {
    const each = values.length / examples
    for (let at = 0; at < values.length; at++) add(sums, first + Math.floor(at / each), values[at])
  }
  const { greatest, weights, drawn } = sums
  const losses = greatest.map((most, i) => Math.log(drawn[i]) - Math.log(weights[i]) - most)
  return { ...estimateOf(losses), samples: drawn[0], ...drawingErrors(sums) }
}

function add({ greatest, weights, squares, drawn }: Sums, example: number, value: number): void {
  drawn[example]++
  if (value === Number.NEGATIVE_INFINITY) return
  const share = Math.exp(-Math.abs(value - greatest[example]))
  if (value > greatest[example]) {
    weights[example] = weights[example] * share + 1
    squares[example] = squares[example] * share * share + 1
    greatest[example] = value
  } else {
    weights[example] += share
    squares[example] += share * share
  }
}

function estimateOf(losses: Float64Array): Pick<LikelihoodEstimate, 'estimate' | 'standardError'> {
  const count = losses.length
  const estimate = meanOf(losses)
  if (count < 2) return { estimate, standardError: null }
  return { estimate, standardError: Math.sqrt(sampleVarianceOf(losses) / count) }
}

/** By the delta method: −log of a mean of weights with relative variance v is off by √v, and too high by v/2. */
function drawingErrors({
  weights,
  squares,
  drawn: [samples],
}: Sums): Pick<LikelihoodEstimate, 'samplingError' | 'bias' | 'effectiveSamples'> {
  const count = weights.length
  const effective = weights.map((sum, i) => (sum * sum) / squares[i])
  const effectiveSamples = meanOf(effective)
  if (samples < 2) return { samplingError: null, bias: null, effectiveSamples }
  const variance = effective.reduce((sum, own) => sum + (samples / own - 1) / (samples - 1), 0)
  return { samplingError: Math.sqrt(variance) / count, bias: variance / count / 2, effectiveSamples }
}
