import { concrete } from '../../base/shape.ts'
import { add } from '../../graph/ops/add.ts'
import { conv2d, convTranspose2d } from '../../graph/ops/convolution.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'
import { type ImageSize, samePadding } from './spatial.ts'

/** A square convolution. */
export interface Filters {
  /** Channels that it gives. */
  readonly filters: number
  readonly kernel: number
  readonly stride: number
}

/**
 * A convolution with SAME padding and a bias: [batch, channels, h, w] to [batch, filters, ⌈h/stride⌉, ⌈w/stride⌉].
 *
 * W is [filters, channels, kernel, kernel]; both start uniform within ±1/√(channels·kernel²), PyTorch's default.
 */
export function convolution(x: Tensor, { filters, kernel, stride }: Filters, declare: Declare): Tensor {
  const [channels, height, width] = concrete(x.shape.slice(1), 'a convolution')
  const bound = 1 / Math.sqrt(channels * kernel ** 2)
  const weight = declare('weight', [filters, channels, kernel, kernel], bound)
  const padding = samePadding([height, width], kernel, stride)
  return biased(conv2d(x, weight, { stride: [stride, stride], padding }), bound, declare)
}

/**
 * The adjoint of a SAME convolution over images of `size`, with a bias: back to [batch, filters, ...size], exactly.
 *
 * W is [channels, filters, kernel, kernel]; both start within ±1/√(filters·kernel²): PyTorch takes the fan-in of a
 * transposed convolution from the second extent of W.
 */
export function transposedConvolution(
  y: Tensor,
  { filters, kernel, stride, size }: Filters & { readonly size: ImageSize },
  declare: Declare,
): Tensor {
  const bound = 1 / Math.sqrt(filters * kernel ** 2)
  const weight = declare('weight', [y.shape[1] as number, filters, kernel, kernel], bound)
  const padding = samePadding(size, kernel, stride)
  return biased(convTranspose2d(y, weight, size, { stride: [stride, stride], padding }), bound, declare)
}

/** Adds one learned number to each channel. */
function biased(x: Tensor, bound: number, declare: Declare): Tensor {
  const channels = x.shape[1] as number
  return add(x, reshape(declare('bias', [channels], bound), [channels, 1, 1]))
}
