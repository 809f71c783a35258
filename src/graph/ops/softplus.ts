import { between, unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'

/** log(1 + eˣ), arranged so that neither tail overflows. */
export const softplus = unary({
  name: 'softplus',
  value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  gradient: (upstream, x) => mul(upstream, sigmoid(x)),
  onnx: 'Softplus',
  probes: [between(-30, 30), between(-1, 1)],
})
