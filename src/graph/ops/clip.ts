import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { greater } from './compare.ts'
import { where } from './where.ts'

export type ClipAttributes = { readonly low: number; readonly high: number }

export const clipOp: OpDefinition<ClipAttributes> = {
  name: 'clip',
  infer: ([x]) => ({ dtype: 'float32', shape: x.shape }),
  gradient: (upstream, { inputs: [x], attributes: { low, high } }) => [
    where(greater(x, low), where(greater(high, x), upstream, 0), 0),
  ],
  onnx: (emit, [x], { attributes: { low, high } }) =>
    emit.node('Clip', [x, emit.constant([low], [], 'float32'), emit.constant([high], [], 'float32')]),
}

/** x held between `low` and `high`; outside, the gradient is 0. */
export const clip = (x: Tensor, low: number, high: number): Tensor => apply(clipOp, [x], { low, high })
