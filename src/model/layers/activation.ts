import { relu } from '../../graph/ops/relu.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** Activations by name; a recipe names one of them. */
export const activations = {
  relu,
  tanh,
  sigmoid,
  softplus,
  identity: (x: Tensor): Tensor => x,
} as const

export type Activation = keyof typeof activations
export const activationNames = Object.keys(activations) as [Activation, ...Activation[]]
