import { unary } from './elementwise.ts'

/** The greatest whole number that is not above x; no gradient flows through it. */
export const floor = unary({
  name: 'floor',
  gradient: () => undefined,
  onnx: 'Floor',
})
