import { type ConcreteShape, concrete, sizeOf } from '../../base/shape.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare, Layers } from '../parameters.ts'
import { type Activation, activations } from './activation.ts'
import { dense } from './dense.ts'

/** Dense layers of `widths`, each followed by the activation: [batch, …] read flat, to [batch, last width]. */
export function denseStack(
  x: Tensor,
  widths: readonly number[],
  activation: Activation,
  layers: Layers,
): Tensor {
  const flat = reshape(x, [x.shape[0], sizeOf(concrete(x.shape.slice(1), 'a dense layer'))])
  return widths.reduce((h, units, i) => activations[activation](dense(h, units, layers(i))), flat)
}

/** A dense layer whose units are an array: [batch, n] to [batch, ...shape]. */
export const denseTo = (x: Tensor, shape: ConcreteShape, declare: Declare): Tensor =>
  reshape(dense(x, sizeOf(shape), declare), [x.shape[0], ...shape])
