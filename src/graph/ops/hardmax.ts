import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

export const hardmaxOp: OpDefinition = {
  name: 'hardmax',
  infer: ([x]) => ({ dtype: 'float32', shape: x.shape }),
  gradient: () => [undefined],
  // ONNX's own Hardmax and OneHot have no kernel on a GPU.
  onnx: (emit, [x], { shape }) => {
    const count = shape[shape.length - 1] as number
    const first = emit.node('Cast', [emit.node('ArgMax', [x], { axis: -1, keepdims: 1 })], { to: INT32 })
    const places = emit.constant(
      Int32Array.from({ length: count }, (_, i) => i),
      [count],
      'int32',
    )
    return emit.node('Cast', [emit.node('Equal', [first, places])], { to: FLOAT })
  },
}

const FLOAT = 1
const INT32 = 6

/** 1 at the greatest along the last axis, the first of several, and 0 elsewhere; no gradient flows through it. */
export const hardmax = (x: Tensor): Tensor => apply(hardmaxOp, [x], {})
