import type { NDArray } from '../base/arrays.ts'
import type { Bindings } from '../base/shape.ts'
import { inputName } from './ops/input.ts'
import type { Tensor, Values } from './tensor.ts'

export interface Evaluation {
  readonly feeds: Readonly<Record<string, NDArray>>
  readonly bindings: Bindings
  /** Values that are known already; they are not computed again. */
  readonly known?: ReadonlyMap<Tensor, Values>
}

/** Computes nodes in float64, inputs before users, each by what its op says of itself. */
export function evaluateNodes(
  nodes: readonly Tensor[],
  { feeds, bindings, known }: Evaluation,
): Map<Tensor, Values> {
  const values = new Map<Tensor, Values>(known)
  for (const node of nodes) {
    if (values.has(node)) continue
    const name = inputName(node)
    values.set(
      node,
      name === undefined
        ? node.op.reference(
            node.inputs.map((input) => values.get(input) as Values),
            node.attributes,
            bindings,
          )
        : { data: Float64Array.from(feeds[name].data), shape: feeds[name].shape },
    )
  }
  return values
}
