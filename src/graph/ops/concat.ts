import { fail } from '../../base/errors.ts'
import { concrete, type Dim, formatShape, sameShape } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { slice } from './slice.ts'

export type ConcatAttributes = { readonly axis: number }

export const concatOp: OpDefinition<ConcatAttributes> = {
  name: 'concat',
  infer: (inputs, { axis }) => {
    const [first] = inputs
    const others = (shape: readonly Dim[]) => shape.filter((_, i) => i !== axis)
    if (inputs.some((input) => !sameShape(others(input.shape), others(first.shape))))
      fail({
        code: 'graph/concat',
        seen: `concat of ${inputs.map((input) => formatShape(input.shape)).join(', ')} along axis ${axis}`,
        wanted: 'shapes that differ along that axis alone',
        fix: 'reshape the odd one out',
      })
    const extents = concrete(
      inputs.map((input) => input.shape[axis]),
      'a concat',
    )
    const total = extents.reduce((a, b) => a + b)
    return { dtype: first.dtype, shape: first.shape.map((extent, i) => (i === axis ? total : extent)) }
  },
  gradient: (upstream, { inputs, attributes: { axis } }) => {
    let start = 0
    return inputs.map((input) => {
      const end = start + (input.shape[axis] as number)
      const part = slice(upstream, axis, start, end)
      start = end
      return part
    })
  },
  onnx: (emit, inputs, { attributes: { axis } }) => emit.node('Concat', inputs, { axis }),
}

/** Tensors one after another along `axis`. */
export const concat = (inputs: readonly Tensor[], axis: number): Tensor =>
  inputs.length === 1
    ? inputs[0]
    : apply(concatOp, inputs, { axis: axis < 0 ? axis + inputs[0].shape.length : axis })
