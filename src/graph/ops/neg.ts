import { between, unary } from './elementwise.ts'

/** −x. */
export const neg = unary({
  name: 'neg',
  value: (x) => -x,
  gradient: (upstream) => neg(upstream),
  onnx: 'Neg',
  probes: [between(-2, 2)],
})
