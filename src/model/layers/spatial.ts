/** Sizes of images on their way through convolutions with SAME padding. */

/** Extents of an image. @inline */
export type ImageSize = readonly [height: number, width: number]

/** Extents after a convolution with SAME padding: ⌈extent/stride⌉, whatever the kernel. */
export const stridedSize = ([height, width]: ImageSize, stride: number): ImageSize => [
  Math.ceil(height / stride),
  Math.ceil(width / stride),
]

/**
 * The zeros that SAME padding puts around an image; of an odd number the larger part goes to the bottom and right,
 * as in TensorFlow.
 */
export function samePadding(
  size: ImageSize,
  kernel: number,
  stride: number,
): [top: number, left: number, bottom: number, right: number] {
  const strided = stridedSize(size, stride)
  const [tall, wide] = size.map((extent, axis) => Math.max((strided[axis] - 1) * stride + kernel - extent, 0))
  const [top, left] = [tall >> 1, wide >> 1]
  return [top, left, tall - top, wide - left]
}
