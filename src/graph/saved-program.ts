import { fail } from '../base/errors.ts'
import { allOps } from './ops/index.ts'
import type { Program } from './program.ts'
import { type Attributes, apply, type OpDefinition, type Tensor } from './tensor.ts'

/** A node as plain JSON: its op by name, its inputs by their numbers in the list of nodes. */
export type SavedNode = readonly [op: string, inputs: readonly number[], attributes?: Attributes]

/** A computation as plain JSON, inputs before users. */
export interface SavedProgram {
  readonly nodes: readonly SavedNode[]
  /** Number of the node of each output. */
  readonly outputs: Readonly<Record<string, number>>
}

/** Writes a program down as plain JSON. */
export function saveProgram({ nodes, outputs }: Pick<Program, 'nodes' | 'outputs'>): SavedProgram {
  const numbers = new Map(nodes.map((node, number) => [node, number]))
  return {
    nodes: nodes.map(({ op, inputs, attributes }): SavedNode => {
      const given = inputs.map((input) => numbers.get(input)!)
      return Object.keys(attributes).length > 0 ? [op.name, given, attributes] : [op.name, given]
    }),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, numbers.get(node)!])),
  }
}

/** Reads what `saveProgram` wrote; types are inferred anew. Error: `graph/unknown-op`. */
export function readProgram({ nodes, outputs }: SavedProgram): Pick<Program, 'nodes' | 'outputs'> {
  const read: Tensor[] = []
  for (const [name, inputs, attributes = {}] of nodes)
    read.push(
      apply(
        opNamed(name),
        inputs.map((number) => read[number]),
        attributes,
      ),
    )
  return {
    nodes: read,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, number]) => [name, read[number]])),
  }
}

const opNamed = (name: string): OpDefinition =>
  allOps.find((op) => op.name === name) ??
  fail({
    code: 'graph/unknown-op',
    seen: `a program with the op "${name}"`,
    wanted: allOps.map((op) => op.name).join(', '),
    fix: 'read it with the version that wrote it',
  })
