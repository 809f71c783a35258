/** Layers that every place of an image goes through alike. Numbers of a place stand beside each other. */
import { concrete, sizeOf, timesExtent } from '../../base/shape.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { transpose } from '../../graph/ops/transpose.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'
import { dense } from './dense.ts'
import type { ImageSize } from './spatial.ts'

/** Numbers [batch, places · width] apart by place: [batch · places, width]. */
export const byPlace = (x: Tensor, width: number): Tensor => {
  const [batch, size] = x.shape
  return reshape(x, [timesExtent(batch, (size as number) / width), width])
}

/** An image [batch, channels, height, width] as numbers of its places: [batch, height · width · channels]. */
export function placesOf(image: Tensor): Tensor {
  const [batch] = image.shape
  const extents = concrete(image.shape.slice(1), 'an image')
  return reshape(transpose(image, [0, 2, 3, 1]), [batch, sizeOf(extents)])
}

/** Numbers of places [batch, height · width · channels] as the image [batch, channels, height, width]. */
export function imageOf(places: Tensor, [height, width]: ImageSize): Tensor {
  const [batch, size] = places.shape
  const channels = (size as number) / (height * width)
  return transpose(reshape(places, [batch, height, width, channels]), [0, 3, 1, 2])
}

/**
 * What a latent reads of features, [batch, size]: by a dense layer of features [batch, n]; of an image of features by one
 * that all of its places share.
 */
export function head(features: Tensor, size: number, declare: Declare): Tensor {
  if (features.shape.length === 2) return dense(features, size, declare)
  const [batch, channels, height, width] = features.shape
  const places = (height as number) * (width as number)
  const own = dense(byPlace(placesOf(features), channels as number), size / places, declare)
  return reshape(own, [batch, size])
}
