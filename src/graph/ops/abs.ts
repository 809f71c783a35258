import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sign } from './sign.ts'

/** |x|, with gradient 0 at 0. */
export const abs = unary({
  name: 'abs',
  value: Math.abs,
  gradient: (upstream, x) => mul(upstream, sign(x)),
  onnx: 'Abs',
  probes: [{ shape: [3, 4], low: -2, high: 2, awayFromZero: 0.1 }],
})
