import { unary } from './elementwise.ts'

/** x as a number that nothing moves: the same value, and no gradient flows through it. */
export const detach = unary({
  name: 'detach',
  gradient: () => undefined,
  onnx: 'Identity',
})
