import { topologicalOrder } from './order.ts'
import { rewrite } from './rewrites.ts'
import type { OpDefinition, Tensor } from './tensor.ts'

/** Rewrites every node to its cheapest form and shares equal ones, output by output. */
export function simplify(outputs: readonly Tensor[]): Tensor[] {
  const share = sharing()
  const result = new Map<Tensor, Tensor>()
  for (const node of topologicalOrder(outputs)) {
    const inputs = node.inputs.map((input) => result.get(input) as Tensor)
    const moved = inputs.some((input, i) => input !== node.inputs[i])
    result.set(node, share(rewrite(moved ? { ...node, inputs } : node)))
  }
  return outputs.map((output) => result.get(output) as Tensor)
}

/** Gives one tensor for all that are the same op of the same inputs. */
function sharing(): (node: Tensor) => Tensor {
  const numbers = new Map<OpDefinition, number>()
  const known = new Map<string, Tensor>()
  const ids = new Map<Tensor, number>()
  return function share(node: Tensor): Tensor {
    if (ids.has(node)) return node
    const inputs = node.inputs.map(share)
    if (!numbers.has(node.op)) numbers.set(node.op, numbers.size)
    const key = `${numbers.get(node.op)}(${inputs.map((input) => ids.get(input))})${attributesKey(node)}`
    const found = known.get(key)
    if (found) return found
    const shared = inputs.every((input, i) => input === node.inputs[i]) ? node : { ...node, inputs }
    known.set(key, shared)
    ids.set(shared, ids.size)
    return shared
  }
}

/** Attributes as text; JSON alone would write NaN and both infinities alike. */
const attributesKey = (node: Tensor): string =>
  JSON.stringify(node.attributes, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )
