import { binary } from './elementwise.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'

/** a / b. */
export const div = binary({
  name: 'div',
  gradient: (upstream, _, b, y) => {
    const scaled = div(upstream, b)
    return [scaled, neg(mul(scaled, y))]
  },
  onnx: 'Div',
})
