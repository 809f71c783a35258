import { concrete } from '../../base/shape.ts'
import { concat } from '../../graph/ops/concat.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { pad, slice } from '../../graph/ops/slice.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'
import { byPlace } from './by-place.ts'
import { dense } from './dense.ts'

/** A convolution over time. @inline */
export interface TimeFilters {
  /** Channels that it gives. */
  readonly filters: number
  readonly kernel: number
  /** Rows from one that it reads to the next. */
  readonly dilation: number
  /** Whether a row reads itself and rows before it alone. */
  readonly isCausal: boolean
}

/**
 * A dilated convolution over time with a bias, [batch, rows, channels] to [batch, rows, filters]; zeros stand beyond both ends.
 * Yu & Koltun 2016, eq. 2; van den Oord et al. 2016 (WaveNet), section 2.1, where it is causal.
 *
 * What a row reads is laid side by side, so that it is one product of matrices for all rows, and so are its gradients: on a
 * CPU many times faster than a convolution of so few channels. W is [filters, kernel · channels]; both start uniform within
 * ±1/√(kernel·channels), PyTorch's default.
 */
export function timeConvolution(
  x: Tensor,
  { filters, kernel, dilation, isCausal }: TimeFilters,
  declare: Declare,
): Tensor {
  const [batch] = x.shape
  const [rows, channels] = concrete(x.shape.slice(1), 'a convolution over time')
  const before = isCausal ? kernel - 1 : (kernel - 1) >> 1
  const padded = pad(x, 1, before * dilation, (kernel - 1 - before) * dilation)
  const read = Array.from({ length: kernel }, (_, i) => slice(padded, 1, i * dilation, i * dilation + rows))
  const width = kernel * channels
  const beside = reshape(kernel === 1 ? x : concat(read, 2), [batch, rows * width])
  return reshape(dense(byPlace(beside, width), filters, declare), [batch, rows, filters])
}
