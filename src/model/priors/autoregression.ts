import * as z from 'zod/mini'
import { mul } from '../../graph/ops/mul.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { boundLogVariance } from '../distributions/gaussian.ts'
import { maskedDense } from '../layers/masked-dense.ts'
import type { Layers } from '../parameters.ts'

/** How many steps a flow has. */
export const stepsOption = z._default(
  z.int().check(z.positive(), z.maximum(100), z.describe('transformations of the code, one after another')),
  3,
)
/** How wide each of them is. */
export const hiddenOption = z._default(
  z.int().check(z.positive(), z.maximum(65_536), z.describe('hidden units of the network in each step')),
  64,
)

/** What a step expects of each dimension of codes given those before it: mean and log-deviation [rows, size]. */
export interface Expected {
  readonly mean: Tensor
  readonly logDeviation: Tensor
}

/** What a step by its number expects of codes [rows, size]. */
export type Expect = (code: Tensor, step: number) => Expected

/**
 * A network of one hidden layer for each step, whose outputs for a dimension see those before it alone. Germain et al.
 * 2015; every second step takes the dimensions the other way around.
 */
export const autoregression =
  (hidden: number, layers: Layers): Expect =>
  (code, step) => {
    const size = code.shape[1] as number
    const place = Array.from({ length: size }, (_, i) => (step % 2 === 1 ? size - 1 - i : i))
    // A unit of degree g sees the g first dimensions.
    const inputs = place.map((i) => i + 1)
    const units = Array.from({ length: hidden }, (_, k) => Math.floor((k * size) / hidden))
    const features = tanh(maskedDense(code, inputs, units, layers(`${step}.hidden`)))
    return {
      mean: maskedDense(features, units, place, layers(`${step}.mean`)),
      logDeviation: mul(
        boundLogVariance(maskedDense(features, units, place, layers(`${step}.logVariance`))),
        0.5,
      ),
    }
  }
