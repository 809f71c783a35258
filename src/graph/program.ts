import type { ElementType } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import type { Shape } from '../base/shape.ts'
import { inputName } from './ops/input.ts'
import { topologicalOrder } from './order.ts'
import { simplify } from './simplify.ts'
import type { Tensor } from './tensor.ts'

/** @inline */
export interface ProgramInput {
  readonly name: string
  readonly dtype: ElementType
  readonly shape: Shape
}

/** A finished computation: named inputs to named outputs. Engines run programs and nothing else. @inline */
export interface Program {
  readonly name: string
  /** The inputs that the outputs depend on, in order of first use. */
  readonly inputs: readonly ProgramInput[]
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Every node, inputs before users. */
  readonly nodes: readonly Tensor[]
}

/** Collects what `outputs` depend on, shares equal nodes and drops what does nothing. */
export function program(name: string, outputs: Readonly<Record<string, Tensor>>): Program {
  const names = Object.keys(outputs)
  const simplified = simplify(Object.values(outputs))
  const nodes = topologicalOrder(simplified)
  const inputs: ProgramInput[] = []
  for (const node of nodes) {
    const label = inputName(node)
    if (label === undefined) continue
    if (inputs.some((input) => input.name === label) || names.includes(label))
      fail({
        code: 'graph/duplicate-name',
        seen: `two values called "${label}" in program "${name}"`,
        wanted: 'one value for each name',
        fix: 'rename one of them',
      })
    inputs.push({ name: label, dtype: node.dtype, shape: node.shape })
  }
  return { name, inputs, outputs: Object.fromEntries(names.map((key, i) => [key, simplified[i]])), nodes }
}
