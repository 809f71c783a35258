import { type Activation, dense, doubling, halving, type Layer, type Network } from './layer.ts'

/** Dense layers through these widths; `last` follows the last of them. */
const stack = (widths: readonly number[], activation: Activation, last = activation): Layer[] =>
  widths.slice(1).map((to, i) => dense(widths[i], to, i === widths.length - 2 ? last : activation))

const heads = (features: number, latent: number) => ({
  mean: dense(features, latent, 'identity'),
  logVariance: dense(features, latent, 'identity'),
})

/** Square grey pictures through dense layers with ReLU, mirrored. */
export function mlp(side: number, hidden: readonly number[], latent: number): Network {
  const widths = [side * side, ...hidden]
  return {
    shape: [1, side, side],
    latent,
    encoder: stack(widths, 'relu'),
    ...heads(widths[widths.length - 1], latent),
    decoder: stack([latent, ...widths.toReversed()], 'relu', 'identity'),
  }
}

/** 4096-1200-1200 with ReLU, decoder 1200-1200-1200 with tanh. Higgins et al. 2017, table 1. */
export const higgins: Network = {
  shape: [1, 64, 64],
  latent: 10,
  encoder: stack([4096, 1200, 1200], 'relu'),
  ...heads(1200, 10),
  decoder: stack([10, 1200, 1200, 1200, 4096], 'tanh', 'identity'),
}

/**
 * Four convolutions of 32 filters and two dense layers of 256, mirrored; one channel is grey, three are color.
 * Burgess et al. 2018, appendix A.
 */
export const burgess = (channels: number): Network => ({
  shape: [channels, 64, 64],
  latent: 10,
  encoder: [...fourConvolutions(channels), ...stack([512, 256, 256], 'relu')],
  ...heads(256, 10),
  decoder: [...stack([10, 256, 256, 512], 'relu'), ...fourTransposed(channels)],
})

function fourConvolutions(channels: number): Layer[] {
  return [64, 32, 16, 8].map((side) => halving([side === 64 ? channels : 32, side, side], 32))
}

function fourTransposed(channels: number): Layer[] {
  return [4, 8, 16, 32].map((side) =>
    side === 32 ? doubling([32, side, side], channels, 'identity') : doubling([32, side, side], 32, 'relu'),
  )
}
