import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { add } from '../../graph/ops/add.ts'
import { binaryCrossEntropy } from '../../graph/ops/binary-cross-entropy.ts'
import { greater } from '../../graph/ops/compare.ts'
import { div } from '../../graph/ops/div.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { expMinusOne, logOnePlus } from './exact-near-zero.ts'
import { SHIFT, stirlingRest } from './log-factorial.ts'

/** log(1 + eˡ). */
export const softplusOf = (logits: Tensor): Tensor => binaryCrossEntropy(logits, 0)

/**
 * log B(a, b) − a·log p − b·log(1 − p) for a, b > 0 and p = σ(s), in nats.
 *
 * With z = a + 5, y = b + 5 and Stirling's series for each log Γ, the large parts of all four are (z + y)·KL(q ‖ p) at
 * q = z/(z + y), which is computed as log(1 + w(eʰ − 1)) − w·h for the smaller share w of the two and the distance h
 * of the logits. So nothing large is subtracted where p fits: of a million and a million a float32 errs by hundredths
 * of a nat, not by whole ones.
 */
export function logBetaBesides(a: Tensor, b: Tensor, s: Tensor): Tensor {
  const [z, y] = [add(a, SHIFT), add(b, SHIFT)]
  const whole = add(z, y)
  const [logZ, logY] = [log(z), log(y)]
  const distance = sub(s, sub(logZ, logY))
  const isFirst = greater(y, z)
  const toward = where(isFirst, distance, neg(distance))
  const share = div(where(isFirst, z, y), whole)
  const misfit = mul(whole, sub(logOnePlus(mul(share, expMinusOne(toward))), mul(share, toward)))
  const shifted = mul(add(softplusOf(s), softplusOf(neg(s))), -SHIFT)
  const halves = mul(sub(log(whole), add(logZ, logY)), 0.5)
  const rests = sub(add(stirlingRest(z), stirlingRest(y)), stirlingRest(whole))
  const products = sub(logRising(add(a, b), 2 * SHIFT), add(logRising(a, SHIFT), logRising(b, SHIFT)))
  return add(add(add(misfit, shifted), add(halves, 0.5 * LOG_TWO_PI)), add(rests, products))
}

/** log x(x + 1)…(x + count − 1), by pairs, which a float32 holds for longer than the whole. */
function logRising(x: Tensor, count: number): Tensor {
  const pairs = Array.from({ length: Math.ceil(count / 2) }, (_, i) => {
    const first = i === 0 ? x : add(x, 2 * i)
    return log(2 * i + 1 < count ? mul(first, add(x, 2 * i + 1)) : first)
  })
  return pairs.reduce((sum, pair) => add(sum, pair))
}
