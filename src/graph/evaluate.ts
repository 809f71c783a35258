import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import type { Bindings } from '../base/shape.ts'
import { inputName } from './ops/input.ts'
import { allReferences } from './reference/index.ts'
import type { Reference, Values } from './reference/reference.ts'
import type { Tensor } from './tensor.ts'

/** By name: an op may be of another copy of this package. */
const references: ReadonlyMap<string, Reference> = new Map(allReferences.map((own) => [own.op.name, own]))

export interface Evaluation {
  readonly feeds: Readonly<Record<string, NDArray>>
  readonly bindings: Bindings
  /** Values that are known already; they are not computed again. */
  readonly known?: ReadonlyMap<Tensor, Values>
}

/** Computes nodes in float64, inputs before users, each by what its op comes to. */
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
        ? referenceOf(node).evaluate(
            node.inputs.map((input) => values.get(input) as Values),
            node.attributes,
            bindings,
          )
        : { data: Float64Array.from(feeds[name].data), shape: feeds[name].shape },
    )
  }
  return values
}

const referenceOf = ({ op }: Tensor): Reference =>
  references.get(op.name) ??
  fail({
    code: 'graph/unknown-op',
    seen: `a program with the op "${op.name}"`,
    wanted: [...references.keys()].join(', '),
    fix: 'use the ops of betavae/graph',
  })
