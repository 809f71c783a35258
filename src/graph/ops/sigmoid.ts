import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = unary({
  name: 'sigmoid',
  gradient: (upstream, _, y) => mul(upstream, mul(y, sub(1, y))),
  onnx: 'Sigmoid',
})
