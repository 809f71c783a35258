import { sameShape } from '../base/shape.ts'
import { add } from './ops/add.ts'
import { scalarValue } from './ops/constant.ts'
import { mul } from './ops/mul.ts'
import { neg } from './ops/neg.ts'
import { sub } from './ops/sub.ts'
import { topologicalOrder } from './order.ts'
import type { OpDefinition, Tensor } from './tensor.ts'

/** Shares equal nodes and removes arithmetic that does nothing (x + 0, 1 · x, −(−x)), output by output. */
export function simplify(outputs: readonly Tensor[]): Tensor[] {
  const numbers = new Map<OpDefinition, number>()
  const known = new Map<string, Tensor>()
  const ids = new Map<Tensor, number>()
  const result = new Map<Tensor, Tensor>()
  for (const node of topologicalOrder(outputs)) {
    const inputs = node.inputs.map((input) => result.get(input) as Tensor)
    const kept = withoutEffect(node, inputs)
    if (kept) {
      result.set(node, kept)
      continue
    }
    if (!numbers.has(node.op)) numbers.set(node.op, numbers.size)
    const key = `${numbers.get(node.op)}(${inputs.map((input) => ids.get(input))})${attributesKey(node)}`
    let shared = known.get(key)
    if (!shared) {
      shared = inputs.every((input, i) => input === node.inputs[i]) ? node : { ...node, inputs }
      known.set(key, shared)
      ids.set(shared, ids.size)
    }
    result.set(node, shared)
  }
  return outputs.map((output) => result.get(output) as Tensor)
}

/** Attributes as text; JSON alone would write NaN and both infinities alike. */
const attributesKey = (node: Tensor): string =>
  JSON.stringify(node.attributes, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )

/** The input that a node merely repeats, if it does. */
function withoutEffect(node: Tensor, inputs: readonly Tensor[]): Tensor | undefined {
  const op: unknown = node.op
  const keeps = (input: Tensor) => (sameShape(input.shape, node.shape) ? input : undefined)
  const neutral = op === add.op || op === sub.op ? 0 : op === mul.op ? 1 : undefined
  if (neutral !== undefined) {
    if (scalarValue(inputs[1]) === neutral) return keeps(inputs[0])
    if (op !== sub.op && scalarValue(inputs[0]) === neutral) return keeps(inputs[1])
  }
  if (op === neg.op && (inputs[0].op as unknown) === neg.op) return inputs[0].inputs[0]
  return undefined
}
