import { unary } from './elementwise.ts'

/** −1, 0 or 1; no gradient flows through it. */
export const sign = unary({
  name: 'sign',
  value: Math.sign,
  gradient: () => undefined,
  onnx: 'Sign',
  probes: [{ shape: [3, 4], low: -2, high: 2, awayFromZero: 0.1 }],
})
