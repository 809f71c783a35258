/** Kinds of codes and priors that no list has, each with what a contract allows beyond the Gaussian. */
import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../base/math/normal.ts'
import {
  abs,
  add,
  concat,
  exp,
  log,
  mul,
  neg,
  sign,
  slice,
  square,
  sub,
  sum,
  sumPerExample,
} from '../graph/vocabulary.ts'
import { defineLatent } from '../model/distributions/latent.ts'
import { dense } from '../model/layers/dense.ts'
import { definePrior } from '../model/priors/prior.ts'

const none = z.strictObject({})
const UNIFORM_STEP = 2 ** -25

/** A logistic distribution over each dimension, drawn from uniform noise by its quantiles; its KL to N(0, I) is known. */
export const logistic = defineLatent({
  name: 'logistic',
  summary: 'a logistic distribution over each dimension of the code',
  options: none,
  stochastic: true,
  gaussian: false,
  noise: (size) => ({ kind: 'uniform', width: size }),
  statistics: (features, size, layers) => ({
    mean: dense(features, size, layers('mean')),
    logScale: dense(features, size, layers('logScale')),
  }),
  draw({ mean, logScale }, noise) {
    const u = add(noise, UNIFORM_STEP)
    const standard = sub(log(u), log(sub(1, u)))
    // log p of the standard logistic at its u-quantile is log u(1 − u).
    const logDensity = sumPerExample(sub(add(log(u), log(sub(1, u))), logScale))
    return { code: add(mean, mul(exp(logScale), standard)), logDensity }
  },
  center: ({ mean }) => mean,
  kl: ({ mean, logScale }) => {
    const variance = mul(exp(mul(logScale, 2)), Math.PI ** 2 / 3)
    return sub(mul(add(add(square(mean), variance), LOG_TWO_PI), 0.5), add(logScale, 2))
  },
})

/** Laplace(0, 1) over each dimension, drawn from uniform noise. */
export const heavy = definePrior({
  name: 'heavy',
  summary: 'a Laplace distribution over each dimension of the code',
  options: none,
  formula: () => 'Laplace(0, 1)',
  needs: 'draws',
  density: ({ latent }) => ({
    logDensity: (code) => sum(sub(neg(abs(code)), Math.LN2), [1]),
    noise: { kind: 'uniform', width: latent },
    step(noise) {
      const off = sub(add(noise, UNIFORM_STEP), 0.5)
      return neg(mul(sign(off), log(sub(1, mul(abs(off), 2)))))
    },
  }),
})

/** zᵢ ~ N(0.9 zᵢ₋₁, 1): each dimension waits for the one before it. */
export const chained = definePrior({
  name: 'chained',
  summary: 'each dimension of the code follows the one before it',
  options: none,
  formula: () => 'Π N(zᵢ; 0.9 zᵢ₋₁, 1)',
  needs: 'draws',
  density({ latent }) {
    const expected = (code: Parameters<typeof slice>[0]) =>
      latent === 1
        ? mul(code, 0)
        : mul(concat([mul(slice(code, 1, 0, 1), 0), slice(code, 1, 0, latent - 1)], 1), 0.9)
    return {
      logDensity: (code) => mul(sumPerExample(add(square(sub(code, expected(code))), LOG_TWO_PI)), -0.5),
      passes: latent,
      step: (noise, before) => add(expected(before), noise),
    }
  },
})

/** The same density over unit vectors, whatever they are. */
export const everywhere = definePrior({
  name: 'everywhere',
  summary: 'every direction of the code is as probable as another',
  options: none,
  space: 'sphere',
  isReference: true,
  formula: () => 'U(S²)',
  needs: 'draws',
  density: () => ({
    logDensity: (code) => sub(mul(sum(code, [1]), 0), Math.log(4 * Math.PI)),
    step: (noise) => unit(noise),
  }),
})

/** Vectors made one long. */
const unit = (x: Parameters<typeof square>[0]) => mul(x, exp(mul(log(sum(square(x), [1], true)), -0.5)))
