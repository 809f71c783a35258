import { binary } from './elementwise.ts'
import { neg } from './neg.ts'

/** a − b. */
export const sub = binary({
  name: 'sub',
  gradient: (upstream) => [upstream, neg(upstream)],
  onnx: 'Sub',
})
