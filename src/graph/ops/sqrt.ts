import { div } from './div.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'

/** √x. */
export const sqrt = unary({
  name: 'sqrt',
  gradient: (upstream, _, y) => div(mul(upstream, 0.5), y),
  onnx: 'Sqrt',
})
