import { type Dim, sameShape } from '../../base/shape.ts'
import { add } from '../ops/add.ts'
import { binaryCrossEntropy, lowerSummedCrossEntropy } from '../ops/binary-cross-entropy.ts'
import { conv2dOp, convTranspose2dOp } from '../ops/convolution.ts'
import { lowerScaledMatmul, type MatmulAttributes, matmulOp } from '../ops/matmul.ts'
import { reshapeOp } from '../ops/reshape.ts'
import { type ReduceAttributes, sumOp } from '../ops/sum.ts'
import type { Program } from '../program.ts'
import { scaling } from '../rewrites.ts'
import type { Tensor } from '../tensor.ts'
import type { Emit } from './emit.ts'

/** Two nodes that ONNX does in one go, or cheaper together. */
export interface Fusion {
  /** The first of the two, which nothing else reads. */
  readonly absorbed: Tensor
  readonly inputs: readonly Tensor[]
  lower(emit: Emit, inputs: readonly string[]): string
}

const isOp = (node: Tensor, ...ops: readonly unknown[]): boolean => ops.includes(node.op)

/** The bias that an op adds by itself, where that is what `addend` is to it: what ONNX's own op takes as a third input. */
function ownBias(product: Tensor, addend: Tensor): Tensor | undefined {
  if (isOp(product, matmulOp)) return isVector(addend, product.shape[1]) ? addend : undefined
  if (!isOp(product, conv2dOp, convTranspose2dOp)) return undefined
  // One number for each channel, put beside height and width.
  const [bias] = isOp(addend, reshapeOp) ? addend.inputs : []
  const isPerChannel = sameShape(addend.shape, [product.shape[1], 1, 1])
  return bias && isPerChannel && isVector(bias, product.shape[1]) ? bias : undefined
}

const isVector = ({ shape }: Tensor, length: Dim): boolean => shape.length === 1 && shape[0] === length

function withBias([product, addend]: readonly Tensor[]): Fusion | undefined {
  const bias = ownBias(product, addend)
  return bias
    ? {
        absorbed: product,
        inputs: [...product.inputs, bias],
        lower: (emit, inputs) => product.op.onnx(emit, inputs, product),
      }
    : undefined
}

/** A matrix product times a number. */
function scaledProduct(node: Tensor): Fusion | undefined {
  const scaled = scaling(node)
  if (!scaled || !isOp(scaled.of, matmulOp)) return undefined
  const { factor, of: product } = scaled
  return {
    absorbed: product,
    inputs: product.inputs,
    lower: (emit, inputs) => lowerScaledMatmul(emit, inputs, product.attributes as MatmulAttributes, factor),
  }
}

/** The sum over everything but the examples. */
function summedCrossEntropy(sum: Tensor): Fusion | undefined {
  const [losses] = sum.inputs
  const { axes, keepDims } = sum.attributes as ReduceAttributes
  if (!isOp(losses, binaryCrossEntropy.op) || keepDims) return undefined
  const [logits, x] = losses.inputs
  const rest = losses.shape.slice(1)
  const isWhole =
    sameShape(
      axes,
      rest.map((_, i) => i + 1),
    ) && sameShape(logits.shape, losses.shape)
  if (!isWhole || axes.length === 0 || !rest.every((extent) => typeof extent === 'number')) return undefined
  return {
    absorbed: losses,
    inputs: [logits, x],
    lower: (emit, inputs) => lowerSummedCrossEntropy(emit, inputs, rest),
  }
}

function fusionOf(node: Tensor): Fusion | undefined {
  if (isOp(node, add.op)) return withBias(node.inputs)
  return isOp(node, sumOp) ? summedCrossEntropy(node) : scaledProduct(node)
}

/** What is lowered in pairs, by the second of the two. */
export function fusions(program: Program): ReadonlyMap<Tensor, Fusion> {
  const uses = new Map<Tensor, number>()
  const count = (tensor: Tensor) => uses.set(tensor, (uses.get(tensor) ?? 0) + 1)
  for (const node of program.nodes) node.inputs.forEach(count)
  Object.values(program.outputs).forEach(count)
  const found = new Map<Tensor, Fusion>()
  for (const node of program.nodes) {
    const fusion = fusionOf(node)
    if (fusion && uses.get(fusion.absorbed) === 1) found.set(node, fusion)
  }
  return found
}
