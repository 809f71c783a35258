import { between, binary } from './elementwise.ts'
import { neg } from './neg.ts'

/** a − b. */
export const sub = binary({
  name: 'sub',
  value: (a, b) => a - b,
  gradient: (upstream) => [upstream, neg(upstream)],
  onnx: 'Sub',
  probes: [
    [between(-2, 2), between(-2, 2)],
    [between(-2, 2, [2, 3, 4]), between(-2, 2, [3, 1])],
  ],
})
