import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { gaussianLogDensity } from '../distributions/gaussian.ts'

/**
 * −log Student-t(x; center, exp(logScale), ν) of each entry in nats; a Gaussian where `degrees` is null.
 *
 * log Γ(ν/2) − log Γ((ν+1)/2) + ½ log νπ + log s + (ν+1)/2 · log(1 + (x − center)²/(νs²)).
 */
export function studentNats(x: Tensor, center: Tensor, logScale: Tensor, degrees: number | null): Tensor {
  if (degrees === null) return neg(gaussianLogDensity(x, center, mul(logScale, 2)))
  const constant = logGamma(degrees / 2) - logGamma((degrees + 1) / 2) + 0.5 * Math.log(degrees * Math.PI)
  const distance = mul(square(sub(x, center)), exp(mul(logScale, -2)))
  const tail = mul(log(add(mul(distance, 1 / degrees), 1)), (degrees + 1) / 2)
  return add(add(tail, logScale), constant)
}

/** log Γ(x) for x > 0 by Stirling's series, where x is raised to 7 or more; errs by less than 1e-11. */
function logGamma(x: number): number {
  let product = 1
  let shifted = x
  for (; shifted < 7; shifted++) product *= shifted
  const inverse = 1 / (shifted * shifted)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / shifted
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
  )
}
