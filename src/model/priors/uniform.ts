import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { constant } from '../../graph/ops/constant.ts'
import { floor } from '../../graph/ops/floor.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { oneHotOf } from '../distributions/levels.ts'
import { type CodeSpace, logCodes } from '../spaces.ts'
import { definePrior, type PriorContext } from './prior.ts'

/** The levels of discrete codes, and how they are read and written. */
export function discreteOf({ space, coding }: Pick<PriorContext, 'space' | 'coding'>): {
  readonly levels: readonly number[]
  readonly coding: NonNullable<PriorContext['coding']>
} {
  if (space.kind === 'discrete' && coding) return { levels: space.levels, coding }
  return fail({
    code: 'model/prior-coding',
    seen: `codes of the space "${(space as CodeSpace).kind}" that say not how levels are written`,
    wanted: 'a latent with a coding',
    fix: 'choose another prior, or a latent that says how its levels are read and written',
    usage: true,
  })
}

/** One-hots [rows, variables, most levels] of uniform noise [rows, variables]. */
export const uniformLevels = (noise: Tensor, levels: readonly number[]): Tensor =>
  oneHotOf(floor(mul(noise, constant(levels, [levels.length]))), Math.max(...levels))

/** Every level alike: 1/∏ Kᵥ. Jang et al. 2017, section 3; van den Oord et al. 2017, section 3.1. */
export const uniform = definePrior({
  name: 'uniform',
  summary: 'every level of discrete codes as probable as the others',
  paper: 'Jang et al. 2017; van den Oord et al. 2017, section 3.1',
  options: z.strictObject({}),
  formula: () => 'U(levels)',
  space: 'discrete',
  isReference: true,
  needs: 'draws',
  density(context) {
    const { levels, coding } = discreteOf(context)
    return {
      logDensity: (code) => sub(mul(sum(code, [1]), 0), logCodes(levels)),
      noise: { kind: 'uniform', width: levels.length },
      step: (noise) => coding.write(uniformLevels(noise, levels)),
    }
  },
})
