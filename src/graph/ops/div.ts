import { between, binary } from './elementwise.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'

/** a / b. */
export const div = binary({
  name: 'div',
  value: (a, b) => a / b,
  gradient: (upstream, _, b, y) => {
    const scaled = div(upstream, b)
    return [scaled, neg(mul(scaled, y))]
  },
  onnx: 'Div',
  probes: [
    [between(-2, 2), between(0.5, 2)],
    [between(-2, 2, [4]), between(-2, -0.5, [3, 1])],
  ],
})
