import { unary } from './elementwise.ts'

/** −1, 0 or 1; no gradient flows through it. */
export const sign = unary({
  name: 'sign',
  gradient: () => undefined,
  onnx: 'Sign',
})
