import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { positive } from './positive.ts'

/** max(x, 0), with gradient 0 at 0. */
export const relu = unary({
  name: 'relu',
  gradient: (upstream, _, y) => mul(upstream, positive(y)),
  onnx: 'Relu',
})
