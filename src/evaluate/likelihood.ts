import type { LogWeights } from '../infer/importance.ts'

/** −log p(x) in nats per example, model units. */
export interface LikelihoodEstimate {
  /** Mean over examples. An upper bound in expectation, tighter with more samples. */
  readonly estimate: number
  /** Of that mean, over examples; null where there is one. */
  readonly standardError: number | null
  /** Draws from each posterior, K. */
  readonly samples: number
}

/**
 * Importance-weighted −log p(x): −(logsumexp_k log wₖ − log K). Burda et al. 2016, eq. 8.
 *
 * Log-weights log p(x|z) + log p(z) − log q(z|x) are added up in float64 as they come and not kept.
 */
export async function negativeLogLikelihood(
  pieces: AsyncIterable<LogWeights>,
  count: number,
): Promise<LikelihoodEstimate> {
  const greatest = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const sums = new Float64Array(count)
  const drawn = new Uint32Array(count)
  for await (const { first, examples, values } of pieces) {
    const each = values.length / examples
    for (let at = 0; at < values.length; at++) {
      const example = first + Math.floor(at / each)
      const value = values[at]
      drawn[example]++
      if (value === Number.NEGATIVE_INFINITY) continue
      if (value > greatest[example]) {
        sums[example] = sums[example] * Math.exp(greatest[example] - value) + 1
        greatest[example] = value
      } else sums[example] += Math.exp(value - greatest[example])
    }
  }
  const losses = greatest.map((most, i) => Math.log(drawn[i]) - Math.log(sums[i]) - most)
  return { ...meanOf(losses), samples: drawn[0] }
}

function meanOf(losses: Float64Array): Pick<LikelihoodEstimate, 'estimate' | 'standardError'> {
  const count = losses.length
  const estimate = losses.reduce((sum, loss) => sum + loss, 0) / count
  if (count < 2) return { estimate, standardError: null }
  const squares = losses.reduce((sum, loss) => sum + (loss - estimate) ** 2, 0)
  return { estimate, standardError: Math.sqrt(squares / (count - 1) / count) }
}
