import { unary } from './elementwise.ts'
import { mul } from './mul.ts'

/** eˣ. */
export const exp = unary({
  name: 'exp',
  gradient: (upstream, _, y) => mul(upstream, y),
  onnx: 'Exp',
})
