import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { clip } from '../../graph/ops/clip.ts'
import { constant } from '../../graph/ops/constant.ts'
import { div } from '../../graph/ops/div.ts'
import { floor } from '../../graph/ops/floor.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../layers/dense.ts'
import { defineLatent } from './latent.ts'
import { oneHotOf, placesIn, straightThrough } from './levels.ts'

const options = z.strictObject({
  levels: z._default(
    z
      .array(z.int().check(z.minimum(2), z.maximum(4096)))
      .check(
        z.minLength(1),
        z.describe('levels of each dimension, over and over where there are fewer than dimensions'),
      ),
    [8, 5, 5, 5],
  ),
})

/** Levels of each of `size` dimensions. */
const levelsOf = (size: number, levels: readonly number[]): number[] =>
  Array.from({ length: size }, (_, at) => levels[at % levels.length])

/** (levels − 1)/2 of each dimension: codes are −1 … 1 in steps of one over this. */
const halves = (levels: readonly number[]): Tensor =>
  constant(
    levels.map((count) => (count - 1) / 2),
    [levels.length],
  )

/** The nearest level to numbers in [−1, 1]. */
const rounded = (x: Tensor, levels: readonly number[]): Tensor => {
  const half = halves(levels)
  return sub(div(floor(add(mul(add(x, 1), half), 0.5)), half), 1)
}

/** A code of its kind is certain: log q(z|x) = 0, and the KL to uniform levels is the log of how many there are. */
const certain = (code: Tensor): Tensor => mul(code, 0)

/**
 * Finite scalar quantization: each dimension is bounded by tanh and rounded to one of its levels, evenly in [−1, 1], with
 * the gradient of what was rounded. Mentzer et al. 2024, section 3.1; bounded here so that levels are even in the bound.
 *
 * Nothing is drawn. The rate is log ∏ levels nats, whatever the example.
 */
export const fsq = defineLatent({
  name: 'fsq',
  summary: 'finite scalar quantization: each dimension rounded to one of its levels',
  paper: 'Mentzer et al. 2024, section 3.1',
  options,
  stochastic: true,
  gaussian: false,
  roundsCodes: true,
  space: (size, { levels }) => ({ kind: 'discrete', levels: levelsOf(size, levels) }),
  noise: () => ({ kind: 'uniform', width: 0 }),
  statistics: (features, size, layers) => ({ mean: tanh(dense(features, size, layers('mean'))) }),
  draw({ mean }, _, __, { levels }) {
    const own = levelsOf(mean.shape[1] as number, levels)
    return { code: straightThrough(rounded(mean, own), mean), logDensity: sum(certain(mean), [1]) }
  },
  center: ({ mean }, _, { levels }) => rounded(mean, levelsOf(mean.shape[1] as number, levels)),
  kl({ mean }, _, { levels }) {
    const each = levelsOf(mean.shape[1] as number, levels).map(Math.log)
    return add(certain(mean), constant(each, [each.length]))
  },
  project: (code, { levels }) => {
    const bounded = sub(mul(clip(add(mul(code, 0.5), 0.5), 0, 1), 2), 1)
    return rounded(bounded, levelsOf(code.shape[1] as number, levels))
  },
  coding: {
    read(code, _, { levels }) {
      const own = levelsOf(code.shape[1] as number, levels)
      return oneHotOf(floor(add(mul(add(code, 1), halves(own)), 0.5)), Math.max(...own))
    },
    write(oneHot, _, { levels }) {
      const own = levelsOf(oneHot.shape[1] as number, levels)
      return sub(div(placesIn(oneHot), halves(own)), 1)
    },
  },
})
