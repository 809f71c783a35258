import { fail } from '../../base/errors.ts'
import { type ConcreteShape, formatShape } from '../../base/shape.ts'
import { samePadding, stridedSize } from '../../model/layers/spatial.ts'
import type { Choice } from '../../model/spec.ts'
import { mapped, type NameMap, type StateDict, tensorAt } from './state-dict.ts'

/** What the shapes of a state dict say of a model. */
export interface ForeignNetwork {
  readonly architecture: Choice
  /** Width of the code. */
  readonly latent: number
}

/** Shape of the weight that a map has for a layer of ours; undefined where it has none. Error: `import/missing`. */
function shapeOf(layer: string, state: StateDict, map: NameMap): readonly number[] | undefined {
  const target = mapped(map, `${layer}.weight`)
  if (target === undefined || target === null) return undefined
  return (tensorAt(state, target) ?? missing(`${layer}.weight`, target)).shape
}

/** Weights of layers `prefix0`, `prefix1`, … as far as there are some. */
function stack(prefix: string, state: StateDict, map: NameMap): (readonly number[])[] {
  const shapes: (readonly number[])[] = []
  for (;;) {
    const shape = shapeOf(`${prefix}${shapes.length}`, state, map)
    if (!shape) return shapes
    shapes.push(shape)
  }
}

/** The network that a map describes: its widths by the shapes of the encoder's weights. Errors: `import/missing`, `import/kernels`. */
export function networkOf(state: StateDict, map: NameMap): ForeignNetwork {
  const mean = shapeOf('encoder.mean', state, map) ?? missing('encoder.mean.weight')
  const convolutions = stack('encoder.conv.', state, map)
  const isImage = convolutions.length > 0
  const hidden = stack(isImage ? 'encoder.dense.' : 'encoder.', state, map).map(([width]) => width)
  const latent = mean[0]
  if (!isImage) return { architecture: { name: 'mlp', hidden }, latent }
  const kernels = convolutions.flatMap(([, , ...sides]) => sides)
  if (new Set(kernels).size !== 1)
    fail({
      code: 'import/kernels',
      seen: `convolutions of ${convolutions.map(formatShape).join(', ')}`,
      wanted: 'square kernels of one size, as the architecture "conv" has them',
      fix: 'import a network of such convolutions, or of dense layers',
      usage: true,
    })
  const widths = convolutions.map(([filters]) => filters)
  return { architecture: { name: 'conv', widths, kernel: kernels[0], hidden }, latent }
}

/** Options of `conv` that decide where its convolutions lie. */
interface Strided {
  readonly widths?: readonly number[]
  readonly kernel?: number
  readonly strides?: readonly number[]
}

/**
 * Refuses convolutions that pad one side of an image more than the other: ours put the odd pixel last, PyTorch's have the
 * same padding on both sides, so that the numbers would be others. Error: `import/padding`.
 */
export function refusePadding(architecture: Choice, shape: ConcreteShape): void {
  const { widths = [], kernel = 0, strides = [1] }: Strided = architecture as object
  let [, height, width] = shape
  for (const [i] of widths.entries()) {
    const stride = strides[Math.min(i, strides.length - 1)]
    const [top, left, bottom, right] = samePadding([height, width], kernel, stride)
    if (top !== bottom || left !== right)
      fail({
        code: 'import/padding',
        seen: `a convolution of kernel ${kernel} and stride ${stride} over ${height}×${width}, which pads ${top} pixels before and ${bottom} behind`,
        wanted: 'one that pads both sides alike, such as kernel 4 and stride 2 over an even side',
        fix: 'say the strides that the network has by --strides, or import one with such convolutions',
        usage: true,
      })
    ;[height, width] = stridedSize([height, width], stride)
  }
}

export const missing = (parameter: string, target?: string): never =>
  fail({
    code: 'import/missing',
    seen:
      target === undefined ? `no word in the map on ${parameter}` : `no tensor "${target}" for ${parameter}`,
    wanted: 'weights for every layer of the model',
    fix: 'correct the map, or the file',
    usage: true,
  })
