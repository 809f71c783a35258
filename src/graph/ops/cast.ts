import type { ElementType } from '../../base/arrays.ts'
import { onnxTypes } from '../onnx/types.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

export type CastAttributes = { readonly dtype: ElementType }

export const castOp: OpDefinition<CastAttributes> = {
  name: 'cast',
  infer: ([x], { dtype }) => ({ dtype, shape: x.shape }),
  gradient: (upstream, { inputs: [x] }) => [x.dtype === 'float32' ? upstream : undefined],
  onnx: (emit, [x], { attributes: { dtype } }) => emit.node('Cast', [x], { to: onnxTypes[dtype] }),
}

/** The same numbers in another element type; whole numbers to floats is the use here. */
export const cast = (x: Tensor, dtype: ElementType): Tensor =>
  x.dtype === dtype ? x : apply(castOp, [x], { dtype })
