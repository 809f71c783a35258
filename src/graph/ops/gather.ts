/** Reading rows by number and adding rows by number: each is the other's gradient. */
import { sizeOf } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

export type ScatterAttributes = { readonly rows: number }

export const gatherOp: OpDefinition = {
  name: 'gather',
  infer: ([x, rows]) => ({ dtype: x.dtype, shape: [...rows.shape, ...x.shape.slice(1)] }),
  gradient: (upstream, { inputs: [x, rows] }) => [
    scatterAdd(upstream, rows, x.shape[0] as number),
    undefined,
  ],
  onnx: (emit, inputs) => emit.node('Gather', inputs, { axis: 0 }),
}

/** Rows of x chosen by whole numbers. */
export const gather = (x: Tensor, rows: Tensor): Tensor => apply(gatherOp, [x, rows], {})

export const scatterAddOp: OpDefinition<ScatterAttributes> = {
  name: 'scatterAdd',
  infer: ([x, at], { rows }) => ({ dtype: x.dtype, shape: [rows, ...x.shape.slice(at.shape.length)] }),
  gradient: (upstream, { inputs: [, at] }) => [gather(upstream, at), undefined],
  onnx: (emit, [x, at], { shape, inputs }) => {
    const wide = emit.node('Cast', [at], { to: 7 })
    const index = emit.node('Unsqueeze', [wide, emit.integers([inputs[1].shape.length])])
    const empty = emit.constant(new Float32Array(sizeOf(shape as number[])), shape as number[], 'float32')
    return emit.node('ScatterND', [empty, index, x], { reduction: 'add' })
  },
}

/** Zeros [rows, …] to which each row of x is added at the row number given. */
export const scatterAdd = (x: Tensor, at: Tensor, rows: number): Tensor =>
  apply(scatterAddOp, [x, at], { rows })
