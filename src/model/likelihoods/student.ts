import { logGamma } from '../../base/math/log-gamma.ts'
import { polygamma } from '../../base/math/polygamma.ts'
import { square } from '../../graph/functions.ts'
import { gradient } from '../../graph/gradient.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
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
  return studentNatsAt(mul(square(sub(x, center)), exp(mul(logScale, -2))), logScale, degrees)
}

/** As `studentNats`, at squared distances from the center in units of the scale. */
export function studentNatsAt(distance: Tensor, logScale: Tensor, degrees: number | Tensor): Tensor {
  const { perDegree, power, constant } = typeof degrees === 'number' ? ofNumber(degrees) : ofLog(degrees)
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
    half,
    perDegree: exp(neg(logDegrees)),
    power: add(half, 0.5),
    constant: sub(mul(add(logDegrees, Math.log(Math.PI)), 0.5), gammaRatio(half)),
  }
}

/** What is known of a Student-t of unit scale by its degrees ν alone: its entropy in nats, and its variance where ν > 2. */
export function unitStudent(degrees: number | Tensor): {
  readonly entropy: number | Tensor
  readonly variance: number | Tensor
} {
  if (typeof degrees === 'number') {
    const { power, constant } = ofNumber(degrees)
    const mean = power * (polygamma(0, power) - polygamma(0, degrees / 2))
    return { entropy: mean + constant, variance: degrees / (degrees - 2) }
  }
  const { half, power, constant } = ofLog(degrees)
  // ψ((ν + 1)/2) − ψ(ν/2), by the series of what it is the slope of: of two digammas a float32 keeps little.
  const [slope] = gradient(sum(gammaRatio(half)), [half])
  return { entropy: add(mul(power, slope), constant), variance: div(half, sub(half, 1)) }
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
