import { binary } from './elementwise.ts'

/** a · b, element by element. */
export const mul = binary({
  name: 'mul',
  gradient: (upstream, a, b) => [mul(upstream, b), mul(upstream, a)],
  onnx: 'Mul',
})
