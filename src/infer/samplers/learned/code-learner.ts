import type { Dim } from '../../../base/shape.ts'
import { neg } from '../../../graph/ops/neg.ts'
import type { Tensor } from '../../../graph/tensor.ts'
import type { CodeDensity, Prior, PriorContext, PriorDraws } from '../../../model/priors/prior.ts'
import type { CodeSpaceKind } from '../../../model/spaces.ts'

/** What a density that is learned from codes is told of their model. @inline */
export interface LearnerContext extends PriorContext {
  /** Standard normal numbers [rows, width], drawn afresh for every batch. */
  noise(rows: Dim, width: number): Tensor
}

/** A density of codes as tensors, and draws of it. @inline */
export interface LearnedDensity extends PriorDraws {
  /** −log p(z) of codes in nats [rows], or a bound on it. */
  loss(code: Tensor): Tensor
}

/** A small density that is fitted to the codes of training examples, for codes of one space. @inline */
export interface CodeLearner {
  readonly space: CodeSpaceKind
  /** Its parameters are declared with `context.layers`. */
  trace(context: LearnerContext): LearnedDensity
}

/** What a prior with a density comes to where codes came first and it is fitted to them. */
export const priorLearner = <Options>(
  { density, space = 'euclidean' }: Pick<Prior<Options>, 'density' | 'space'>,
  options: Options,
): CodeLearner => ({
  space,
  trace(context) {
    const traced = density?.(context, options) as CodeDensity
    return { ...traced, loss: (code) => neg(traced.logDensity(code)) }
  },
})
