import { type Dim, sameShape } from '../../base/shape.ts'
import { add } from '../ops/add.ts'
import { conv2dOp, convTranspose2dOp } from '../ops/convolution.ts'
import { matmulOp } from '../ops/matmul.ts'
import { reshapeOp } from '../ops/reshape.ts'
import type { Program } from '../program.ts'
import type { Tensor } from '../tensor.ts'

export interface BiasFusion {
  readonly product: Tensor
  readonly bias: Tensor
}

/** The bias that an op adds by itself, where that is what `addend` is to it: what ONNX's own op takes as a third input. */
function ownBias(product: Tensor, addend: Tensor): Tensor | undefined {
  const op: unknown = product.op
  if (op === matmulOp) return isVector(addend, product.shape[1]) ? addend : undefined
  if (op !== conv2dOp && op !== convTranspose2dOp) return undefined
  // One number for each channel, put beside height and width.
  const [bias] = (addend.op as unknown) === reshapeOp ? addend.inputs : []
  const isPerChannel = sameShape(addend.shape, [product.shape[1], 1, 1])
  return bias && isPerChannel && isVector(bias, product.shape[1]) ? bias : undefined
}

const isVector = ({ shape }: Tensor, length: Dim): boolean => shape.length === 1 && shape[0] === length

/** Additions of a bias to a product that nothing else reads: ONNX's Gemm and convolutions do both at once. */
export function biasFusions(program: Program): { fused: Map<Tensor, BiasFusion>; absorbed: Set<Tensor> } {
  const uses = new Map<Tensor, number>()
  const count = (tensor: Tensor) => uses.set(tensor, (uses.get(tensor) ?? 0) + 1)
  for (const node of program.nodes) node.inputs.forEach(count)
  Object.values(program.outputs).forEach(count)
  const fused = new Map<Tensor, BiasFusion>()
  const absorbed = new Set<Tensor>()
  for (const node of program.nodes) {
    if ((node.op as unknown) !== add.op) continue
    const [product, addend] = node.inputs
    const bias = ownBias(product, addend)
    if (!bias || uses.get(product) !== 1) continue
    fused.set(node, { product, bias })
    absorbed.add(product)
  }
  return { fused, absorbed }
}
