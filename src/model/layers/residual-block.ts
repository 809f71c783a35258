import { add } from '../../graph/ops/add.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Layers } from '../parameters.ts'
import { type Activation, activations } from './activation.ts'
import { convolution } from './convolution.ts'
import { groupNorm } from './group-norm.ts'

export interface ResidualOptions {
  readonly groups: number
  readonly activation: Activation
}

/**
 * x + conv(act(norm(conv(act(norm(x)))))) with 3×3 convolutions, of the shape of x [batch, channels, h, w].
 *
 * Pre-activation: He et al. 2016 ("Identity mappings in deep residual networks"), fig. 1b, with group norm.
 */
export function residualBlock(x: Tensor, { groups, activation }: ResidualOptions, layers: Layers): Tensor {
  const filters = x.shape[1] as number
  const change = [0, 1].reduce((h, i) => {
    const active = activations[activation](groupNorm(h, groups, layers(`norm.${i}`)))
    return convolution(active, { filters, kernel: 3, stride: 1 }, layers(`conv.${i}`))
  }, x)
  return add(x, change)
}
