import { div } from './div.ts'
import { between, unary } from './elementwise.ts'

/** Natural logarithm. */
export const log = unary({
  name: 'log',
  value: Math.log,
  gradient: (upstream, x) => div(upstream, x),
  onnx: 'Log',
  probes: [between(0.2, 4)],
})
