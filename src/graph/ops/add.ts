import { between, binary } from './elementwise.ts'

/** a + b. */
export const add = binary({
  name: 'add',
  value: (a, b) => a + b,
  gradient: (upstream) => [upstream, upstream],
  onnx: 'Add',
  probes: [
    [between(-2, 2), between(-2, 2)],
    [between(-2, 2, [3, 1]), between(-2, 2, [4])],
  ],
})
