import { type Layer, layersOf, type Network, product } from './layer.ts'

/** A layer as a product of matrices, [rows, inner] · [inner, outer]. */
export interface MatrixProduct {
  readonly rows: number
  readonly inner: number
  readonly outer: number
}

/** A convolution counts as the product of its patches and its filters, a transposed one as its adjoint's. */
export function matrixProduct({ kind, from, to, weight }: Layer, batch: number): MatrixProduct {
  if (kind === 'dense') return { rows: batch, inner: weight[0], outer: weight[1] }
  const strided = kind === 'convolution' ? to : from
  return { rows: batch * product(strided.slice(1)), inner: product(weight.slice(1)), outer: weight[0] }
}

const flopsOf = (layer: Layer, batch: number): number => {
  const { rows, inner, outer } = matrixProduct(layer, batch)
  return 2 * rows * inner * outer
}

export const parameterCount = (network: Network): number =>
  layersOf(network).reduce((sum, { weight, bias }) => sum + product(weight) + bias, 0)

/** Multiply-adds of one step counted as two operations: forward, and both gradients of every layer but the input's. */
export function flopsPerStep(network: Network, batch: number): number {
  const once = layersOf(network).reduce((sum, layer) => sum + flopsOf(layer, batch), 0)
  return 3 * once - flopsOf(network.encoder[0], batch)
}

/** Of the encoder alone, forward. */
export const flopsOfEncoding = ({ encoder, mean, logVariance }: Network, count: number): number =>
  [...encoder, mean, logVariance].reduce((sum, layer) => sum + flopsOf(layer, count), 0)

/** Numbers that a step must keep from its forward pass: the examples and what each layer gives. */
export const activationCount = (network: Network, batch: number): number =>
  batch * (product(network.shape) + layersOf(network).reduce((sum, { to }) => sum + product(to), 0))
