/** The larger and the smaller of two; where they are equal the gradient goes to the first. */
import { greater } from './compare.ts'
import { binary } from './elementwise.ts'
import { where } from './where.ts'

/** The larger of two, entry by entry; where they are equal the gradient goes to the first. */
export const maximum = binary({
  name: 'maximum',
  gradient: (upstream, a, b) => [where(greater(b, a), 0, upstream), where(greater(b, a), upstream, 0)],
  onnx: 'Max',
})

/** The smaller of two, entry by entry; where they are equal the gradient goes to the first. */
export const minimum = binary({
  name: 'minimum',
  gradient: (upstream, a, b) => [where(greater(a, b), 0, upstream), where(greater(a, b), upstream, 0)],
  onnx: 'Min',
})
