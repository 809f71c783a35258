import { logGamma } from '../../base/math/log-gamma.ts'
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { gaussianLogDensity } from '../distributions/gaussian.ts'
import { polynomial } from './polynomial.ts'

/** Degrees of freedom ν: a number, the logarithms of learned ones [entries], or none for a Gaussian. */
export type Degrees = number | Tensor | null

/**
 * −log Student-t(x; center, exp(logScale), ν) of each entry in nats; a Gaussian where there are no degrees.
 *
 * log Γ(ν/2) − log Γ((ν+1)/2) + ½ log νπ + log s + (ν+1)/2 · log(1 + (x − center)²/(νs²)).
 */
export function studentNats(x: Tensor, center: Tensor, logScale: Tensor, degrees: Degrees): Tensor {
  if (degrees === null) return neg(gaussianLogDensity(x, center, mul(logScale, 2)))
  const { perDegree, power, constant } = typeof degrees === 'number' ? ofNumber(degrees) : ofLog(degrees)
  const distance = mul(square(sub(x, center)), exp(mul(logScale, -2)))
  const tail = mul(log(add(mul(distance, perDegree), 1)), power)
  return add(add(tail, logScale), constant)
}

/** What a density of ν degrees is made of: 1/ν, (ν+1)/2, and what depends on ν alone. */
const ofNumber = (degrees: number) => ({
  perDegree: 1 / degrees,
  power: (degrees + 1) / 2,
  constant: logGamma(degrees / 2) - logGamma((degrees + 1) / 2) + 0.5 * Math.log(degrees * Math.PI),
})

const ofLog = (logDegrees: Tensor) => {
  const half = mul(exp(logDegrees), 0.5)
  return {
    perDegree: exp(neg(logDegrees)),
    power: add(half, 0.5),
    constant: sub(mul(add(logDegrees, Math.log(Math.PI)), 0.5), gammaRatio(half)),
  }
}

/** log Γ(y + ½) − log Γ(y) − ½ log y as a series in 1/y: odd coefficients of Stirling's difference. */
const ratioSeries = [-1 / 8, 1 / 192, -1 / 640] as const

/** log Γ(x + ½) − log Γ(x): the series at x + 3, where it errs by 2e-7 at most for ν ≥ 1, less the logarithms between. */
function gammaRatio(x: Tensor): Tensor {
  const y = add(x, 3)
  const inverse = div(1, y)
  const far = add(mul(log(y), 0.5), mul(inverse, polynomial(square(inverse), ratioSeries)))
  const between = [0, 1, 2].map((k) => log(div(add(x, k + 0.5), add(x, k))))
  return between.reduce((rest, step) => sub(rest, step), far)
}
