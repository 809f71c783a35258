import { concrete, type Shape, sizeOf } from '../base/shape.ts'
import { add } from './ops/add.ts'
import { constant } from './ops/constant.ts'
import { exp } from './ops/exp.ts'
import { log } from './ops/log.ts'
import { matmul } from './ops/matmul.ts'
import { max } from './ops/max.ts'
import { reshape } from './ops/reshape.ts'
import { slice } from './ops/slice.ts'
import { logSumExpOp } from './ops/softmax.ts'
import { sub } from './ops/sub.ts'
import { broadcastTo, type ReduceAttributes, sumOp } from './ops/sum.ts'
import { transpose } from './ops/transpose.ts'
import { topologicalOrder } from './order.ts'
import type { Tensor } from './tensor.ts'

/** Columns of ones that a row is multiplied by: one alone would take the way of a vector, which minds where rows lie. */
const ONES = 16

/**
 * The same values, of which a row's do not depend on where the row stands: to the bit, on one thread, where the first
 * extents are whole multiples of 16.
 *
 * Engines add up the numbers of a row in an order that depends on where in memory the row begins. A product of matrices
 * adds them up in one order for all rows, so each sum within rows becomes one, that within a log Σ exp, too. Shapes must be numbers throughout.
 */
export function rowByRow(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const result = new Map<Tensor, Tensor>()
  for (const node of topologicalOrder(Object.values(outputs))) {
    const inputs = node.inputs.map((input) => result.get(input) as Tensor)
    result.set(node, sameForAnyPlace(node, inputs))
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, result.get(node) as Tensor]))
}

function sameForAnyPlace(node: Tensor, inputs: readonly Tensor[]): Tensor {
  const [x] = inputs
  if (isSum(node) && !node.attributes.axes.includes(0)) return asProduct(x, node.attributes.axes, node.shape)
  if (node.op === logSumExpOp && node.shape.length > 0) return asLogOfProduct(x, node.shape)
  return { ...node, inputs }
}

type Sum = Tensor<ReduceAttributes>

const isSum = (node: Tensor | Sum): node is Sum => (node.op as unknown) === sumOp

function asProduct(x: Tensor, axes: readonly number[], shape: Shape): Tensor {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis))
  const extent = (all: readonly number[]) =>
    sizeOf(
      concrete(
        all.map((axis) => x.shape[axis]),
        'a sum',
      ),
    )
  const summed = extent(axes)
  const rows = reshape(transpose(x, [...kept, ...axes]), [extent(kept), summed])
  const product = matmul(rows, broadcastTo(constant(1), [summed, ONES]))
  return reshape(slice(product, 1, 0, 1), shape)
}

function asLogOfProduct(x: Tensor, shape: Shape): Tensor {
  const last = shape.length
  const top = max(x, [last], true)
  return add(log(asProduct(exp(sub(x, top)), [last], shape)), reshape(top, shape))
}
