/** A condition c as tensors: what is known of an example stands beside what encoder and decoder read. */
import { fail } from '../base/errors.ts'
import { concrete, type Dim, sizeOf } from '../base/shape.ts'
import { conditionWidth } from '../data/condition.ts'
import { concat } from '../graph/ops/concat.ts'
import { input } from '../graph/ops/input.ts'
import { reshape } from '../graph/ops/reshape.ts'
import type { Tensor } from '../graph/tensor.ts'
import { dense } from './layers/dense.ts'
import type { Layers } from './parameters.ts'
import type { SpecOf } from './spec.ts'

/** The program input that holds conditions. */
export const CONDITION = 'condition'

/** The condition of each example [batch, width]; undefined where a model is given none. */
export const conditionInput = ({ condition }: SpecOf<'condition'>, batch: Dim): Tensor | undefined =>
  condition && input(CONDITION, [batch, conditionWidth(condition)])

/** The condition where the model is given one, checked to be there: whoever traces a part of a model must bring it. */
export function conditionFor(
  { condition: wanted }: SpecOf<'condition'>,
  condition: Tensor | undefined,
): Tensor | undefined {
  if (!wanted || condition) return condition
  return fail({
    code: 'model/condition',
    seen: 'a conditional model without the condition of its examples',
    wanted: `a condition of ${conditionWidth(wanted)} numbers for each`,
    fix: 'trace it with a condition',
  })
}

/** Codes [rows, latent] with their conditions behind them [rows, latent + width]. Sohn et al. 2015, §4.1. */
export const besideCode = (code: Tensor, condition: Tensor | undefined): Tensor =>
  condition ? concat([code, condition], 1) : code

/**
 * Examples with their conditions: numbers stand behind the numbers of an example; an image, whose neighbors matter, gets
 * a channel more, which is a linear map of the condition that is learned.
 */
export function besideExample(
  x: Tensor,
  condition: Tensor | undefined,
  isFlat: boolean,
  layers: Layers,
): Tensor {
  if (!condition) return x
  const [batch] = x.shape
  const shape = concrete(x.shape.slice(1), 'an encoder')
  if (isFlat || shape.length === 1) return concat([reshape(x, [batch, sizeOf(shape)]), condition], 1)
  const side = shape.slice(1)
  const plane = dense(condition, sizeOf(side), layers('condition'))
  return concat([x, reshape(plane, [batch, 1, ...side])], 1)
}
