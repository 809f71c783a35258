import { add } from '../ops/add.ts'
import { matmulOp } from '../ops/matmul.ts'
import type { Program } from '../program.ts'
import type { Tensor } from '../tensor.ts'

export interface BiasFusion {
  readonly product: Tensor
  readonly bias: Tensor
}

/** Additions of a bias to a matrix product that nothing else reads: ONNX's Gemm does both at once. */
export function biasFusions(program: Program): { fused: Map<Tensor, BiasFusion>; absorbed: Set<Tensor> } {
  const uses = new Map<Tensor, number>()
  const count = (tensor: Tensor) => uses.set(tensor, (uses.get(tensor) ?? 0) + 1)
  for (const node of program.nodes) node.inputs.forEach(count)
  Object.values(program.outputs).forEach(count)
  const fused = new Map<Tensor, BiasFusion>()
  const absorbed = new Set<Tensor>()
  for (const node of program.nodes) {
    if ((node.op as unknown) !== add.op) continue
    const [product, bias] = node.inputs
    if ((product.op as unknown) !== matmulOp || uses.get(product) !== 1 || bias.shape.length !== 1) continue
    if (bias.shape[0] !== product.shape[1]) continue
    fused.set(node, { product, bias })
    absorbed.add(product)
  }
  return { fused, absorbed }
}
