/** Reading rows by number and adding rows by number: each is the other's gradient. */
import { sizeOf } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

type ScatterAttributes = { readonly rows: number }

const indices = { shape: [5], low: 0, high: 2, dtype: 'int32' } as const

export const gatherOp: OpDefinition = {
  name: 'gather',
  infer: ([x, rows]) => ({ dtype: x.dtype, shape: [...rows.shape, ...x.shape.slice(1)] }),
  gradient: (upstream, { inputs: [x, rows] }) => [
    scatterAdd(upstream, rows, x.shape[0] as number),
    undefined,
  ],
  reference: ([x, rows]) => {
    const width = sizeOf(x.shape.slice(1))
    const shape = [...rows.shape, ...x.shape.slice(1)]
    const data = new Float64Array(sizeOf(shape))
    rows.data.forEach((row, i) => {
      data.set(x.data.subarray(row * width, (row + 1) * width), i * width)
    })
    return { data, shape }
  },
  onnx: (emit, inputs) => emit.node('Gather', inputs, { axis: 0 }),
  probes: [{ inputs: [{ shape: [3, 2], low: -2, high: 2 }, indices], attributes: {} }],
}

/** Rows of x chosen by whole numbers. */
export const gather = (x: Tensor, rows: Tensor): Tensor => apply(gatherOp, [x, rows], {})

export const scatterAddOp: OpDefinition<ScatterAttributes> = {
  name: 'scatterAdd',
  infer: ([x, at], { rows }) => ({ dtype: x.dtype, shape: [rows, ...x.shape.slice(at.shape.length)] }),
  gradient: (upstream, { inputs: [, at] }) => [gather(upstream, at), undefined],
  reference: ([x, at], { rows }) => {
    const rest = x.shape.slice(at.shape.length)
    const width = sizeOf(rest)
    const data = new Float64Array(rows * width)
    at.data.forEach((row, i) => {
      for (let k = 0; k < width; k++) data[row * width + k] += x.data[i * width + k]
    })
    return { data, shape: [rows, ...rest] }
  },
  onnx: (emit, [x, at], { shape, inputs }) => {
    const wide = emit.node('Cast', [at], { to: 7 })
    const index = emit.node('Unsqueeze', [wide, emit.integers([inputs[1].shape.length])])
    const empty = emit.constant(new Float32Array(sizeOf(shape as number[])), shape as number[], 'float32')
    return emit.node('ScatterND', [empty, index, x], { reduction: 'add' })
  },
  probes: [{ inputs: [{ shape: [5, 2], low: -2, high: 2 }, indices], attributes: { rows: 3 } }],
}

/** Zeros [rows, …] to which each row of x is added at the row number given. */
export const scatterAdd = (x: Tensor, at: Tensor, rows: number): Tensor =>
  apply(scatterAddOp, [x, at], { rows })
