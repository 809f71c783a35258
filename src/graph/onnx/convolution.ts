import { blockedConvolution } from './blocked-convolution.ts'
import type { ConvolutionFaces, ConvolutionShape } from './convolution-faces.ts'
import { directConvolution } from './direct-convolution.ts'
import type { Emit } from './emit.ts'

/**
 * The lowering that was measured to be the faster one for that face.
 *
 * CPU time by blocks over that of ONNX's own convolutions, native, AVX-512, y / x / w: [64,32,32,32] with 32 filters
 * 4×4 stride 2 0.8 / 0.9 / 0.5; [64,32,32,32] 3×3 stride 1 2.6 / 1.1 / 0.5; [64,64,16,16] 3×3 stride 1 2.0 / 1.2 / 0.5.
 * Whole steps: burgess 0.56, locatello 0.63, conv 0.8, resnet 0.87; as WebAssembly 0.97 and 0.93. With stride 1 a
 * kernel meets so many blocks that repeating either side costs more than ONNX's passes over x.
 */
export function convolution(
  emit: Emit,
  face: keyof ConvolutionFaces,
  shape: ConvolutionShape,
): ConvolutionFaces {
  const { batch, channels, filters, stride } = shape
  const isStrided = stride[0] * stride[1] > 1
  const isConcrete = typeof batch === 'number' && typeof channels === 'number' && typeof filters === 'number'
  return isConcrete && (isStrided || face === 'w')
    ? blockedConvolution(emit, { ...shape, batch, channels, filters })
    : directConvolution(emit, shape)
}
