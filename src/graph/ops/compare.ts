/** Comparisons: booleans, through which no gradient flows. */
import { binary } from './elementwise.ts'

/** a > b. */
export const greater = binary({
  name: 'greater',
  gradient: () => [undefined, undefined],
  onnx: 'Greater',
  dtype: 'bool',
})

/** a = b. */
export const equal = binary({
  name: 'equal',
  gradient: () => [undefined, undefined],
  onnx: 'Equal',
  dtype: 'bool',
})
