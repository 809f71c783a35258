/** Comparisons: booleans, through which no gradient flows. */
import { binary } from './elementwise.ts'

const whole = { shape: [3, 4], low: -3, high: 3, dtype: 'int32' } as const

/** a > b. */
export const greater = binary({
  name: 'greater',
  value: (a, b) => (a > b ? 1 : 0),
  gradient: () => [undefined, undefined],
  onnx: 'Greater',
  dtype: 'bool',
  probes: [[whole, whole]],
})

/** a = b. */
export const equal = binary({
  name: 'equal',
  value: (a, b) => (a === b ? 1 : 0),
  gradient: () => [undefined, undefined],
  onnx: 'Equal',
  dtype: 'bool',
  probes: [[whole, whole]],
})
