import { between, binary } from './elementwise.ts'

/** a · b, element by element. */
export const mul = binary({
  name: 'mul',
  value: (a, b) => a * b,
  gradient: (upstream, a, b) => [mul(upstream, b), mul(upstream, a)],
  onnx: 'Mul',
  probes: [
    [between(-2, 2), between(-2, 2)],
    [between(-2, 2, [3, 4]), between(-2, 2, [])],
  ],
})
