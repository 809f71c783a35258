import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'

/** log(1 + eˣ), arranged so that neither tail overflows. */
export const softplus = unary({
  name: 'softplus',
  gradient: (upstream, x) => mul(upstream, sigmoid(x)),
  onnx: 'Softplus',
})
