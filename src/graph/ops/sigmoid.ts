import { between, unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = unary({
  name: 'sigmoid',
  value: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  gradient: (upstream, _, y) => mul(upstream, mul(y, sub(1, y))),
  onnx: 'Sigmoid',
  probes: [between(-6, 6)],
})
