import { between, unary } from './elementwise.ts'
import { mul } from './mul.ts'

/** eˣ. */
export const exp = unary({
  name: 'exp',
  value: Math.exp,
  gradient: (upstream, _, y) => mul(upstream, y),
  onnx: 'Exp',
  probes: [between(-3, 3)],
})
