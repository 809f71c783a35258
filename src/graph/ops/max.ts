import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { cast } from './cast.ts'
import { equal } from './compare.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { axesOf, type ReduceAttributes, reducedShape, sum, withReducedAxes } from './sum.ts'

export const maxOp: OpDefinition<ReduceAttributes> = {
  name: 'max',
  infer: ([x], attributes) => ({ dtype: 'float32', shape: reducedShape(x.shape, attributes) }),
  gradient: (upstream, node) => {
    const { axes } = node.attributes
    const [x] = node.inputs
    const winners = cast(equal(x, withReducedAxes(node as unknown as Tensor, x.shape, axes)), 'float32')
    return [mul(div(winners, sum(winners, axes, true)), withReducedAxes(upstream, x.shape, axes))]
  },
  onnx: (emit, [x], { attributes: { axes, keepDims } }) =>
    emit.node('ReduceMax', [x, emit.integers(axes)], { keepdims: keepDims ? 1 : 0 }),
}

/** Largest value over `axes` (default all); equal winners share the gradient. */
export const max = (x: Tensor, axes?: readonly number[], keepDims = false): Tensor =>
  apply(maxOp, [x], { axes: axesOf(x, axes, 'max'), keepDims })
