import { concrete } from '../../base/shape.ts'
import { add } from '../../graph/ops/add.ts'
import { constant } from '../../graph/ops/constant.ts'
import { conv2d } from '../../graph/ops/convolution.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'
import { samePadding } from './spatial.ts'

/** What a place of a masked convolution sees: places before it, row by row, or itself, too. @inline */
export interface Masked {
  readonly filters: number
  /** Odd, so that a kernel has a middle. */
  readonly kernel: number
  readonly seesItself: boolean
}

/**
 * A convolution [batch, channels, h, w] to [batch, filters, h, w] in which a place sees those before it in reading order.
 * van den Oord et al. 2016 (PixelRNN), section 3.4: mask A, or B where it sees itself.
 */
export function maskedConvolution(
  x: Tensor,
  { filters, kernel, seesItself }: Masked,
  declare: Declare,
): Tensor {
  const [channels, height, width] = concrete(x.shape.slice(1), 'a convolution')
  const middle = (kernel * kernel - 1) / 2
  const seen = Array.from({ length: kernel * kernel }, (_, at) =>
    at < middle || (seesItself && at === middle) ? 1 : 0,
  )
  const bound = 1 / Math.sqrt(channels * Math.max(1, middle))
  const weight = declare('weight', [filters, channels, kernel, kernel], bound)
  const masked = mul(weight, reshape(constant(seen, [kernel * kernel]), [kernel, kernel]))
  const convolved = conv2d(x, masked, { padding: samePadding([height, width], kernel, 1) })
  return add(convolved, reshape(declare('bias', [filters], bound), [filters, 1, 1]))
}
