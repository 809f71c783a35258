/** Softmax, its logarithm and log Σ exp, along the last axis. */
import type { Shape } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { sum, withReducedAxes } from './sum.ts'

const last = (shape: Shape): number => shape.length - 1
export const softmaxOp: OpDefinition = {
  name: 'softmax',
  infer: ([x]) => ({ dtype: 'float32', shape: x.shape }),
  gradient: (upstream, node) => {
    const y = node as Tensor
    return [mul(y, sub(upstream, sum(mul(upstream, y), [last(y.shape)], true)))]
  },
  onnx: (emit, inputs) => emit.node('Softmax', inputs, { axis: -1 }),
}

/** eˣⁱ / Σ eˣʲ along the last axis. */
export const softmax = (x: Tensor): Tensor => apply(softmaxOp, [x], {})

export const logSoftmaxOp: OpDefinition = {
  name: 'logSoftmax',
  infer: ([x]) => ({ dtype: 'float32', shape: x.shape }),
  gradient: (upstream, { inputs: [x] }) => [
    sub(upstream, mul(softmax(x), sum(upstream, [last(x.shape)], true))),
  ],
  onnx: (emit, inputs) => emit.node('LogSoftmax', inputs, { axis: -1 }),
}

/** log softmax(x) along the last axis. */
export const logSoftmax = (x: Tensor): Tensor => apply(logSoftmaxOp, [x], {})

export const logSumExpOp: OpDefinition = {
  name: 'logSumExp',
  infer: ([x]) => ({ dtype: 'float32', shape: x.shape.slice(0, -1) }),
  gradient: (upstream, node) => {
    const [x] = node.inputs
    const axes = [last(x.shape)]
    const share = exp(sub(x, withReducedAxes(node as Tensor, x.shape, axes)))
    return [mul(withReducedAxes(upstream, x.shape, axes), share)]
  },
  // ONNX Runtime's ReduceLogSumExp is right, but takes eight times as long.
  onnx: (emit, [x], { inputs }) => {
    const axes = emit.integers([last(inputs[0].shape)])
    const greatest = emit.node('ReduceMax', [x, axes], { keepdims: 1 })
    const total = emit.node('ReduceSum', [emit.node('Exp', [emit.node('Sub', [x, greatest])]), axes], {
      keepdims: 0,
    })
    return emit.node('Add', [emit.node('Log', [total]), emit.node('Squeeze', [greatest, axes])])
  },
}

/** log Σ eˣ along the last axis, which it removes. */
export const logSumExp = (x: Tensor): Tensor => apply(logSumExpOp, [x], {})
