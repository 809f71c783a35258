import { fail } from '../base/errors.ts'
import { formatShape } from '../base/shape.ts'
import { zeros } from './functions.ts'
import { add } from './ops/add.ts'
import { constant } from './ops/constant.ts'
import { topologicalOrder } from './order.ts'
import type { Tensor } from './tensor.ts'

/**
 * Derivatives of a scalar with respect to `wrt`, as tensors of the same shapes.
 *
 * One reverse walk over the graph; the result is made of ordinary ops and can be differentiated again.
 *
 * @example
 * ```ts
 * import { constant, gradient, mul, sum, square } from 'betavae/graph'
 *
 * const x = constant(3)
 * const [slope] = gradient(sum(square(mul(x, 2))), [x]) // 8x, as a tensor that a program can compute
 * console.log(slope.shape.length) // 0: a scalar
 * ```
 */
export function gradient(output: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (output.shape.length !== 0)
    fail({
      code: 'graph/gradient-of-array',
      seen: `gradient of a tensor of shape ${formatShape(output.shape)}`,
      wanted: 'a scalar',
      fix: 'sum or average it first',
    })
  const order = topologicalOrder([output])
  const wanted = dependents(order, new Set(wrt))
  const cotangents = new Map<Tensor, Tensor>([[output, constant(1)]])
  for (const node of order.reverse()) {
    const upstream = cotangents.get(node)
    if (!upstream || !wanted.has(node) || node.inputs.length === 0) continue
    const parts = node.op.gradient(upstream, node)
    node.inputs.forEach((input, i) => {
      const part = parts[i]
      if (!part || !wanted.has(input)) return
      const sofar = cotangents.get(input)
      cotangents.set(input, sofar ? add(sofar, part) : part)
    })
  }
  return wrt.map((tensor) => cotangents.get(tensor) ?? zeros(tensor.shape))
}

/** The nodes on a path from `sources`: only they need cotangents. */
function dependents(order: readonly Tensor[], sources: ReadonlySet<Tensor>): Set<Tensor> {
  const reached = new Set<Tensor>(sources)
  for (const node of order) if (node.inputs.some((input) => reached.has(input))) reached.add(node)
  return reached
}
