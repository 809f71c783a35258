import { div } from './div.ts'
import { unary } from './elementwise.ts'

/** Natural logarithm. */
export const log = unary({
  name: 'log',
  gradient: (upstream, x) => div(upstream, x),
  onnx: 'Log',
})
