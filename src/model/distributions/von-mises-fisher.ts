import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { minimum } from '../../graph/ops/extremum.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { slice } from '../../graph/ops/slice.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../layers/dense.ts'
import { logSphereArea } from '../sphere.ts'
import { cosineAt, cosineLaw, logFlat } from './cosine-law.ts'
import { defineLatent } from './latent.ts'

/** Numbers of noise that one share in (0, 1) is made of, besides those of a direction. */
const SHARE_NOISE = 2
const GREATEST_SHARE = 1 - 2 ** -23
const LEAST_SQUARE = 1e-12

/** Vectors [rows, n] made one long. */
export const unitLength = (x: Tensor): Tensor => div(x, sqrt(add(sum(square(x), [1], true), LEAST_SQUARE)))

/**
 * von Mises–Fisher on the unit sphere, one concentration κ for all directions. Davidson et al. 2018, eq. 4 and 6.
 *
 * A code is wμ + √(1 − w²) v: w is a quantile of its law, v a direction of the tangent plane, both smooth in what the
 * encoder says, so that no draw is rejected and gradients are exact. The KL to the uniform prior is κ I_{n/2}(κ)/I_{n/2−1}(κ)
 * + log C(κ) + log area, with the Bessel functions by the integral that they are.
 */
export const vonMisesFisher = defineLatent({
  name: 'von-mises-fisher',
  summary: 'a von Mises–Fisher distribution over unit vectors: codes on a hypersphere',
  paper: 'Davidson et al. 2018, eq. 4 and 6',
  options: z.strictObject({}),
  stochastic: true,
  gaussian: false,
  space: () => ({ kind: 'sphere' }),
  noise: (size) => ({ kind: 'normal', width: size + SHARE_NOISE }),
  statistics(features, size, layers) {
    if (size < 2) refuseLine(size)
    return {
      mean: unitLength(dense(features, size, layers('mean'))),
      concentration: add(softplus(dense(features, 1, layers('concentration'))), 1),
    }
  },
  draw({ mean, concentration }, noise) {
    const [rows, size] = mean.shape
    const n = size as number
    const law = cosineLaw(concentration, n)
    // e^−E is uniform where E is half the squared length of two normal numbers.
    const squared = sum(square(slice(noise, 1, n, n + SHARE_NOISE)), [1], true)
    const share = minimum(exp(mul(squared, -0.5)), GREATEST_SHARE)
    const { cosine, belowOne, sine } = cosineAt(law, share)
    const direction = slice(noise, 1, 0, n)
    const tangent = unitLength(sub(direction, mul(sum(mul(mean, direction), [1], true), mean)))
    const relative = sub(mul(concentration, belowOne), law.logZ)
    return {
      code: add(mul(cosine, mean), mul(sine, tangent)),
      logDensity: reshape(add(relative, logFlat(n) - logSphereArea(n)), [rows]),
    }
  },
  center: ({ mean }) => mean,
  kl({ mean, concentration }) {
    const [rows, size] = mean.shape
    const n = size as number
    const law = cosineLaw(concentration, n)
    return reshape(add(sub(mul(concentration, law.meanBelowOne), law.logZ), logFlat(n)), [rows])
  },
  project: unitLength,
})

const refuseLine = (size: number): never =>
  fail({
    code: 'model/sphere-size',
    seen: `a hypersphere of codes of ${size} dimension`,
    wanted: 'codes of at least 2 dimensions: a circle',
    fix: 'use --latent 2, or more',
    usage: true,
  })
