import { unary } from './elementwise.ts'

/** −x. */
export const neg = unary({
  name: 'neg',
  gradient: (upstream) => neg(upstream),
  onnx: 'Neg',
})
