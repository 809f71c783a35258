import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sign } from './sign.ts'

/** |x|, with gradient 0 at 0. */
export const abs = unary({
  name: 'abs',
  gradient: (upstream, x) => mul(upstream, sign(x)),
  onnx: 'Abs',
})
