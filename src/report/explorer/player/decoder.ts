import { fromBase64 } from '../../../base/base64.ts'
import { sizeOf } from '../../../base/shape.ts'
import { evaluateNodes } from '../../../graph/evaluate.ts'
import { inputName } from '../../../graph/ops/input.ts'
import { readProgram } from '../../../graph/saved-program.ts'
import type { Tensor } from '../../../graph/tensor.ts'
import type { Contents } from '../contents.ts'

/** What a code decodes to, flat, in the data's own units. */
export type Decode = (code: readonly number[]) => Float64Array

export const floatsOf = (text: string): Float32Array => new Float32Array(fromBase64(text).buffer)

/** The decoder of a page, computed in float64; what does not depend on the code is computed once. */
export function openDecoder({ decoder, parameters, weights }: Contents): Decode {
  const { nodes, outputs } = readProgram(decoder)
  const all = floatsOf(weights)
  let from = 0
  const values = parameters.map(({ name, shape }) => {
    const data = all.subarray(from, from + sizeOf(shape))
    from += data.length
    return [name, { data, shape }] as const
  })
  const bindings = { batch: 1 }
  const free = nodesWithout('z', nodes)
  const known = evaluateNodes(free, { feeds: Object.fromEntries(values), bindings })
  return (code) => {
    const z = { data: Float64Array.from(code), shape: [1, code.length] }
    return evaluateNodes(nodes, { feeds: { z }, bindings, known }).get(outputs.reconstruction)!.data
  }
}

/** The nodes that do not depend on an input. */
function nodesWithout(name: string, nodes: readonly Tensor[]): Tensor[] {
  const free = new Set<Tensor>()
  for (const node of nodes)
    if (inputName(node) !== name && node.inputs.every((input) => free.has(input))) free.add(node)
  return [...free]
}
