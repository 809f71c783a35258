import { fail } from '../../base/errors.ts'
import { factored, formatShape, type Shape, sameShape, sizeOf } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

export type ReshapeAttributes = { readonly shape: Shape }

export const reshapeOp: OpDefinition<ReshapeAttributes> = {
  name: 'reshape',
  infer: ([x], { shape }) => {
    if (!sameElements(x.shape, shape))
      fail({
        code: 'graph/reshape',
        seen: `reshape of ${formatShape(x.shape)} to ${formatShape(shape)}`,
        wanted: 'the same number of elements',
        fix: 'check the product of the extents on both sides',
      })
    return { dtype: x.dtype, shape }
  },
  gradient: (upstream, { inputs: [x] }) => [reshape(upstream, x.shape)],
  onnx: (emit, [x], { attributes: { shape } }) =>
    emit.node('Reshape', [
      x,
      emit.integers(shape.map((extent) => (typeof extent === 'number' ? extent : -1))),
    ]),
}

/** Equal element counts, symbolic extents matched by name (at most one, which ONNX writes as -1). */
function sameElements(a: Shape, b: Shape): boolean {
  const symbols = (shape: Shape) => shape.flatMap((extent) => factored(extent).name ?? []).join()
  const product = (shape: Shape) => sizeOf(shape.map((extent) => factored(extent).factor))
  return symbols(a) === symbols(b) && symbols(a).split(',').length <= 1 && product(a) === product(b)
}

/** The same elements in another shape. */
export const reshape = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(reshapeOp, [x], { shape })
