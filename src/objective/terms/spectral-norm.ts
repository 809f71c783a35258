import * as z from 'zod/mini'
import { sizeOf } from '../../base/shape.ts'
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { defineTerm, tidy } from '../term.ts'
import { ofPart, parametersOf, partOption } from './part.ts'

/** Keeps 0/0 away where a weight matrix is all zeros; far below the squared length of any other. */
const TINY = 1e-30

const unit = (x: Tensor): Tensor => div(x, sqrt(add(sum(square(x)), TINY)))

/**
 * σ_max(W)² of W [n, m], by power iteration from a drawn vector [m, 1].
 *
 * A lower bound, exact in the limit. Its gradient is the exact one of what was computed: the iteration is part of it.
 */
function squaredSpectralNorm(weight: Tensor, start: Tensor, iterations: number): Tensor {
  let right = unit(start)
  for (let i = 0; i < iterations; i++)
    right = unit(matmul(weight, unit(matmul(weight, right)), { transposeA: true }))
  return sum(square(matmul(weight, right)))
}

/**
 * Σ σ_max(W)² over weight matrices: RAE-SN (Ghosh et al. 2020, §3.1) as the penalty of Yoshida & Miyato 2017, who
 * write λ/2 where this has λ.
 *
 * An array of more than two axes is read as a matrix [first, rest]; vectors (biases) are left out.
 */
export const spectralNorm = defineTerm({
  name: 'spectral-norm',
  on: 'parameters',
  summary:
    'squared largest singular value of every weight matrix: bounds how steep a decoder can be (RAE-SN)',
  paper: 'Ghosh et al. 2020, §3.1; Yoshida & Miyato 2017',
  option: 'spectral-norm',
  symbol: 'λ',
  defaultWeight: 0.01,
  options: z.strictObject({
    part: partOption('decoder'),
    iterations: z._default(
      z
        .int()
        .check(
          z.positive(),
          z.maximum(100),
          z.describe('power iterations in every step, from a fresh random vector'),
        ),
      5,
    ),
  }),
  formula: ({ part }) => `Σ σ_max(${ofPart('W', part)})²`,
  loss: ({ parameters, draw }, { part, iterations }) =>
    parametersOf(parameters, part)
      .filter(({ shape }) => shape.length > 1)
      .map(({ name, shape: [first, ...rest], tensor }) => {
        const width = sizeOf(rest)
        const start = draw(name, 'normal', [width, 1])
        return squaredSpectralNorm(reshape(tensor, [first, width]), start, iterations)
      })
      .reduce((a, b) => add(a, b)),
  reading: (weight, { part }, { examples }) =>
    weight === 0
      ? 'off: a flat prior'
      : `MAP with the prior p(W) ∝ exp(−λN·σ_max(W)²) on each weight matrix of ${part === 'all' ? 'encoder and decoder' : `the ${part}`}, λN = ${tidy(weight * examples)}`,
})
