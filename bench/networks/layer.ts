/** One layer as every contestant is told it; examples on their way are [units] or [channels, height, width]. */
export interface Layer {
  readonly kind: 'dense' | 'convolution' | 'transposed'
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** dense [in, out], convolution [out, in, k, k], transposed convolution [in, out, k, k]; a bias has one number a unit or channel. */
  readonly weight: readonly number[]
  readonly bias: number
  /** The same along both axes; 1 and 0 for a dense layer. */
  readonly stride: number
  readonly padding: number
  readonly activation: Activation
}

export type Activation = 'relu' | 'tanh' | 'identity'

/** An autoencoder with a Gaussian posterior, and logits of pixels as its output. */
export interface Network {
  /** Of an example, [channels, height, width]. */
  readonly shape: readonly number[]
  readonly latent: number
  readonly encoder: readonly Layer[]
  readonly mean: Layer
  readonly logVariance: Layer
  readonly decoder: readonly Layer[]
}

/** In the order of the parameter file. */
export const layersOf = ({ encoder, mean, logVariance, decoder }: Network): readonly Layer[] => [
  ...encoder,
  mean,
  logVariance,
  ...decoder,
]

export const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1)

/** What a weight may start from is ±1/√fan-in, PyTorch's default for all three kinds. */
export const fanIn = ({ kind, weight }: Layer): number =>
  kind === 'dense' ? weight[0] : product(weight.slice(1))

export const dense = (from: number, to: number, activation: Activation): Layer => ({
  kind: 'dense',
  from: [from],
  to: [to],
  weight: [from, to],
  bias: to,
  stride: 1,
  padding: 0,
  activation,
})

/** A convolution of kernel 4 that halves an image. */
export const halving = ([channels, height, width]: readonly number[], filters: number): Layer => ({
  kind: 'convolution',
  from: [channels, height, width],
  to: [filters, height / 2, width / 2],
  weight: [filters, channels, 4, 4],
  bias: filters,
  stride: 2,
  padding: 1,
  activation: 'relu',
})

/** Its adjoint, which doubles an image. */
export const doubling = (
  [channels, height, width]: readonly number[],
  filters: number,
  activation: Activation,
): Layer => ({
  kind: 'transposed',
  from: [channels, height, width],
  to: [filters, 2 * height, 2 * width],
  weight: [channels, filters, 4, 4],
  bias: filters,
  stride: 2,
  padding: 1,
  activation,
})
