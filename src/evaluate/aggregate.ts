import { LOG_TWO_PI } from '../base/math/normal.ts'
import { sumOf } from '../base/math/sums.ts'
import { nextTurn } from '../base/yielding.ts'
import type { Posteriors } from '../infer/posteriors.ts'

/** Evaluations of a one-dimensional density between turns of the event loop: some tens of milliseconds. */
const PER_TURN = 4e6
/** A share below e^−40 of the greatest is nothing to a double, even ten thousand times. */
const NOTHING = -40

/** Codes drawn from posteriors. */
export interface DrawnCodes {
  /** [draws × latent]. */
  readonly codes: Float64Array
  /** Position of the posterior that each code is from [draws]. */
  readonly owners: Uint32Array
}

/** Log-densities of drawn codes in nats [draws]. */
export interface AggregateDensities {
  /** log q(z|x) of the code's own example. */
  readonly own: Float64Array
  /** log q(z), the mean of all posteriors. */
  readonly joint: Float64Array
  /** Σⱼ log q(zⱼ). */
  readonly marginals: Float64Array
}

/** Gaussians in one mixture of equal weights, row-major [n × latent]. */
interface Mixture extends Posteriors {
  readonly precisions: Float64Array
}

/**
 * Log-densities of codes under the mixture of all given posteriors, exact: draws · posteriors · latent terms.
 *
 * Sums are taken relative to the density of the code's own posterior, which is one of the mixture: none is 0.
 */
export async function aggregateDensities(
  posteriors: Posteriors,
  { codes, owners }: DrawnCodes,
  signal?: AbortSignal,
): Promise<AggregateDensities> {
  const draws = owners.length
  const latent = codes.length / draws
  const count = posteriors.means.length / latent
  const mixture = { ...posteriors, precisions: posteriors.logVariances.map((value) => Math.exp(-value)) }
  const found = {
    own: new Float64Array(draws),
    joint: new Float64Array(draws),
    marginals: new Float64Array(draws),
  }
  const shares = new Float64Array(latent)
  const perTurn = Math.max(1, Math.floor(PER_TURN / (count * latent)))
  for (let draw = 0; draw < draws; draw++) {
    if (draw % perTurn === 0) {
      signal?.throwIfAborted()
      await nextTurn()
    }
    const code = codes.subarray(draw * latent, (draw + 1) * latent)
    const own = exponentsOf(mixture, code, owners[draw])
    const joint = addUp(mixture, code, own, shares)
    found.own[draw] = sumOf(own) - 0.5 * latent * LOG_TWO_PI
    found.joint[draw] = found.own[draw] + joint - Math.log(count)
    found.marginals[draw] =
      found.own[draw] + shares.reduce((sum, share) => sum + Math.log(share), 0) - latent * Math.log(count)
  }
  return found
}

/** Log-density of each dimension of a code under one posterior, without −½ log 2π. */
const exponentsOf = (
  { means, logVariances, precisions }: Mixture,
  code: Float64Array,
  example: number,
): Float64Array =>
  code.map((z, j) => {
    const at = example * code.length + j
    return -0.5 * ((z - means[at]) ** 2 * precisions[at] + logVariances[at])
  })

/** Sums densities over the mixture, relative to `own`: each dimension's into `shares`, the log of the joint one given. */
function addUp(
  { means, logVariances, precisions }: Mixture,
  code: Float64Array,
  own: Float64Array,
  shares: Float64Array,
): number {
  shares.fill(0)
  let greatest = Number.NEGATIVE_INFINITY
  let sum = 0
  for (let at = 0; at < means.length; ) {
    let joint = 0
    for (let j = 0; j < code.length; j++, at++) {
      const off = code[j] - means[at]
      const relative = -0.5 * (off * off * precisions[at] + logVariances[at]) - own[j]
      joint += relative
      if (relative > NOTHING) shares[j] += Math.exp(relative)
    }
    if (joint > greatest) {
      sum = sum * Math.exp(greatest - joint) + 1
      greatest = joint
    } else if (joint - greatest > NOTHING) sum += Math.exp(joint - greatest)
  }
  return greatest + Math.log(sum)
}
