import { div } from './div.ts'
import { between, unary } from './elementwise.ts'
import { mul } from './mul.ts'

/** √x. */
export const sqrt = unary({
  name: 'sqrt',
  value: Math.sqrt,
  gradient: (upstream, _, y) => div(mul(upstream, 0.5), y),
  onnx: 'Sqrt',
  probes: [between(0.3, 4)],
})
