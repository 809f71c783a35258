import type { Tensor } from './tensor.ts'

/** Every tensor that `outputs` depend on, inputs first, in an order that depends on the graph alone. */
export function topologicalOrder(outputs: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = []
  const seen = new Set<Tensor>()
  // An explicit stack: a deep graph must not overflow the call stack.
  const stack: { node: Tensor; next: number }[] = []
  for (const output of outputs) {
    if (seen.has(output)) continue
    seen.add(output)
    stack.push({ node: output, next: 0 })
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (top.next === top.node.inputs.length) {
        order.push(top.node)
        stack.pop()
        continue
      }
      const input = top.node.inputs[top.next++]
      if (seen.has(input)) continue
      seen.add(input)
      stack.push({ node: input, next: 0 })
    }
  }
  return order
}
