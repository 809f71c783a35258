import { binary } from './elementwise.ts'

/** a + b. */
export const add = binary({
  name: 'add',
  gradient: (upstream) => [upstream, upstream],
  onnx: 'Add',
})
