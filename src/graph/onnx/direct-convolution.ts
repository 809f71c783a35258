import type { ConvolutionFaces, ConvolutionShape } from './convolution-faces.ts'
import type { Emit } from './emit.ts'

/** By ONNX's own convolutions. */
export function directConvolution(emit: Emit, shape: ConvolutionShape): ConvolutionFaces {
  const { size, grid, kernel, stride, padding } = shape
  const [top, left, bottom, right] = padding
  const form = { strides: stride, pads: padding, kernel_shape: kernel }
  return {
    y: (x, w, bias) => emit.node('Conv', bias ? [x, w, bias] : [x, w], form),
    x: (y, w, bias) => {
      const rest = [
        size[0] - ((grid[0] - 1) * stride[0] - top - bottom + kernel[0]),
        size[1] - ((grid[1] - 1) * stride[1] - left - right + kernel[1]),
      ]
      return emit.node('ConvTranspose', bias ? [y, w, bias] : [y, w], { ...form, output_padding: rest })
    },
    w: (x, y) => correlation(emit, x, y, shape),
  }
}

/** The weight gradient as a convolution of x by y: batch and channels change places, stride becomes dilation. */
function correlation(
  emit: Emit,
  x: string,
  y: string,
  { size, grid, kernel, stride, padding }: ConvolutionShape,
): string {
  const overhang = [0, 1].map(
    (axis) => kernel[axis] + (grid[axis] - 1) * stride[axis] - size[axis] - padding[axis],
  )
  // What the stride never reaches would need a negative pad, which Conv refuses: cut it off, up to a last row or column.
  const ends = overhang.map((pad, axis) => Math.max(size[axis] + Math.min(pad, 0), 1))
  const reached = overhang.some((pad) => pad < 0)
    ? emit.node('Slice', [x, emit.integers([0, 0]), emit.integers(ends), emit.integers([2, 3])])
    : x
  const swap = { perm: [1, 0, 2, 3] }
  const correlated = emit.node(
    'Conv',
    [emit.node('Transpose', [reached], swap), emit.node('Transpose', [y], swap)],
    {
      dilations: stride,
      kernel_shape: grid,
      pads: [padding[0], padding[1], Math.max(overhang[0], 0), Math.max(overhang[1], 0)],
      strides: [1, 1],
    },
  )
  const weights = emit.node('Transpose', [correlated], swap)
  // Where the stride stops within the leading padding, that last one was still too many.
  return overhang.some((pad, axis) => size[axis] + pad < 1)
    ? emit.node('Slice', [weights, emit.integers([0, 0]), emit.integers(kernel), emit.integers([2, 3])])
    : weights
}
