import { add } from '../../graph/ops/add.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'

/**
 * A fully connected layer, x·Wᵀ + b: [batch, n] to [batch, units].
 *
 * W is [units, n], as PyTorch and ONNX keep it; both start uniform within ±1/√n, PyTorch's default for a linear layer.
 */
export function dense(x: Tensor, units: number, declare: Declare): Tensor {
  const width = x.shape[1] as number
  const bound = 1 / Math.sqrt(width)
  const weight = declare('weight', [units, width], bound)
  const bias = declare('bias', [units], bound)
  return add(matmul(x, weight, { transposeB: true }), bias)
}
