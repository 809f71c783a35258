/** What convolutional architectures share: a stack of strided convolutions, dense layers, and their mirror image. */
import type * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import type { Called } from '../../base/parts.ts'
import { type ConcreteShape, concrete, formatShape } from '../../base/shape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Activation } from '../layers/activation.ts'
import { convolution, type Filters, transposedConvolution } from '../layers/convolution.ts'
import { denseStack, denseTo } from '../layers/dense-stack.ts'
import { type ImageSize, stridedSize } from '../layers/spatial.ts'
import { under } from '../layers/under.ts'
import type { Layers } from '../parameters.ts'
import { defineArchitecture } from './architecture.ts'

/** A network over images, told in the order of an encoder; a decoder is its mirror image. */
export interface ConvolutionalNet {
  /** From the image inwards; SAME padding. */
  readonly convolutions: readonly Filters[]
  /** Widths of the dense layers between the smallest image and the code. */
  readonly hidden: readonly number[]
  /** After dense layers. */
  readonly activation: Activation
  /** What every image of features goes through, that of convolution `i` counted from the image inwards. */
  readonly refine: (features: Tensor, layers: Layers, i: number) => Tensor
}

interface ConvolutionalArchitecture<Options> {
  readonly summary: string
  /** Options with those that depend on the size written out; absent where none does. */
  complete?(options: Options, size: ImageSize): Options
  /** The network of either half for images of a size; usage errors where it cannot be. */
  net(size: ImageSize, options: Options, half: 'encoder' | 'decoder'): ConvolutionalNet
}

/** An architecture for images [channels, height, width]. Errors: `model/no-image`. */
export const defineConvolutional = <const Name extends string, Options, Input>({
  net,
  complete,
  ...about
}: ConvolutionalArchitecture<Options> & Called<Name, z.core.$ZodType<Options, Input>>) =>
  defineArchitecture<Name, Options, Input>({
    ...about,
    ...(complete ? { complete: (options, shape) => complete(options, imageSize(shape, about.name)) } : {}),
    encode(x, layers, options) {
      const size = imageSize(concrete(x.shape.slice(1), 'an encoder'), about.name)
      return encodeImage(x, layers, net(size, options, 'encoder'))
    },
    decode: (code, shape, layers, options) =>
      decodeImage(code, shape, layers, net(imageSize(shape, about.name), options, 'decoder')),
    onGrid: {
      places(shape, options) {
        const size = imageSize(shape, about.name)
        const { convolutions } = net(size, options, 'decoder')
        return sizesThrough(size, convolutions)[convolutions.length]
      },
      encode(x, layers, options) {
        const size = imageSize(concrete(x.shape.slice(1), 'an encoder'), about.name)
        return convolved(x, layers, net(size, options, 'encoder'))
      },
      decode(code, shape, layers, options) {
        const own = net(imageSize(shape, about.name), options, 'decoder')
        const { filters } = own.convolutions[own.convolutions.length - 1]
        const smallest = convolution(code, { filters, ...BESIDE_EACH_OTHER }, layers('places'))
        return deconvolved(smallest, shape, layers, own)
      },
    },
  })

/** What reads a place of a code with those around it. */
const BESIDE_EACH_OTHER = { kernel: 3, stride: 1 }

function imageSize(shape: ConcreteShape, architecture: string): ImageSize {
  if (shape.length !== 3)
    fail({
      code: 'model/no-image',
      seen: `architecture "${architecture}" for examples of shape ${formatShape(shape)}`,
      wanted: 'images [channels, height, width]',
      fix: 'use --arch mlp',
      usage: true,
    })
  const [, height, width] = shape
  return [height, width]
}

/** Refuses images that a published network does not fit. */
export const refuseSize = (architecture: string, [height, width]: ImageSize, wanted: string): never =>
  fail({
    code: 'model/image-size',
    seen: `architecture "${architecture}" for images of ${height}×${width}`,
    wanted,
    fix: 'use --arch conv, which takes images of any size',
    usage: true,
  })

/** The size of the image, and after each convolution. */
function sizesThrough(size: ImageSize, convolutions: readonly Filters[]): ImageSize[] {
  const sizes = [size]
  for (const [i, { stride }] of convolutions.entries()) sizes.push(stridedSize(sizes[i], stride))
  return sizes
}

/** Images [batch, channels, height, width] to the smallest image of features. */
const convolved = (x: Tensor, layers: Layers, { convolutions, refine }: ConvolutionalNet): Tensor =>
  convolutions.reduce((h, filters, i) => refine(convolution(h, filters, layers(`conv.${i}`)), layers, i), x)

/** Images [batch, channels, height, width] to features [batch, width]. */
const encodeImage = (x: Tensor, layers: Layers, net: ConvolutionalNet): Tensor =>
  denseStack(convolved(x, layers, net), net.hidden, net.activation, under(layers, 'dense'))

/** Codes [batch, latent] to images [batch, ...shape] of exactly that size. */
function decodeImage(code: Tensor, shape: ConcreteShape, layers: Layers, net: ConvolutionalNet): Tensor {
  const { convolutions, hidden, activation } = net
  const dense = under(layers, 'dense')
  const flat = denseStack(code, [...hidden].reverse(), activation, dense)
  const last = convolutions.length
  const extents = sizesThrough(sideOf(shape), convolutions)[last]
  const smallest = denseTo(flat, [convolutions[last - 1].filters, ...extents], dense(hidden.length))
  return deconvolved(smallest, shape, layers, net)
}

const sideOf = ([, height, width]: ConcreteShape): ImageSize => [height, width]

/** The smallest image of features to images [batch, ...shape] of exactly that size. */
function deconvolved(
  smallest: Tensor,
  shape: ConcreteShape,
  layers: Layers,
  { convolutions, refine }: ConvolutionalNet,
): Tensor {
  const sizes = sizesThrough(sideOf(shape), convolutions)
  return convolutions.reduceRight((h, { kernel, stride }, i) => {
    const filters = i === 0 ? shape[0] : convolutions[i - 1].filters
    const shaped = { filters, kernel, stride, size: sizes[i] }
    return transposedConvolution(refine(h, layers, i), shaped, layers(`conv.${i}`))
  }, smallest)
}
