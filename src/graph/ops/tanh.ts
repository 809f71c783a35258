import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

/** Hyperbolic tangent. */
export const tanh = unary({
  name: 'tanh',
  gradient: (upstream, _, y) => mul(upstream, sub(1, mul(y, y))),
  onnx: 'Tanh',
})
