import { unary } from './elementwise.ts'

/** x as a constant: the same value, and no gradient flows through it. */
export const detach = unary({
  name: 'detach',
  gradient: () => undefined,
  onnx: 'Identity',
})
