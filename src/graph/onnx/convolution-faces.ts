import type { Dim } from '../../base/shape.ts'

type Pair = readonly [height: number, width: number]

/** x [batch, channels, …size], w [filters, channels, …kernel] and y [batch, filters, …grid]. */
export interface ConvolutionShape {
  readonly batch: Dim
  readonly channels: Dim
  readonly filters: Dim
  readonly size: Pair
  readonly grid: Pair
  readonly kernel: Pair
  readonly stride: Pair
  readonly padding: readonly [top: number, left: number, bottom: number, right: number]
}

/** The trilinear form T(x, w, y) = Σ y[n,o,p,q] · w[o,c,i,j] · x[n,c,p·s+i−t,q·s+j−l] by each of its arguments. */
export interface ConvolutionFaces {
  /** ∂T/∂y, the convolution; a bias [filters] may come with it. */
  y(x: string, w: string, bias?: string): string
  /** ∂T/∂x, the transposed convolution; a bias [channels] may come with it. */
  x(y: string, w: string, bias?: string): string
  /** ∂T/∂w, the gradient of the weights. */
  w(x: string, y: string): string
}

/** One whose every extent is known. */
export type ConcreteConvolution = ConvolutionShape & {
  readonly batch: number
  readonly channels: number
  readonly filters: number
}
