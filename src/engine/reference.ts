import type { NDArray } from '../base/arrays.ts'
import type { Bindings } from '../base/shape.ts'
import { inputName } from '../graph/ops/input.ts'
import type { Program } from '../graph/program.ts'
import type { Tensor, Values } from '../graph/tensor.ts'
import { type Engine, type Executable, type Feeds, type LoadOptions, writeInto } from './engine.ts'
import { checkFeeds } from './feeds.ts'

/** Runs programs node by node in float64: slow, and the judge of every other engine. */
export const referenceEngine: Engine = {
  name: 'reference',
  threads: 1,
  description: 'float64 interpreter',
  tolerance: 0,
  update: 'host',
  precision: 'float64',
  load: async (program, options = {}) => interpret(program, options),
}

function interpret(program: Program, { constants = {}, carry = {}, state = {} }: LoadOptions): Executable {
  let held: Feeds = state
  const carried = new Set(Object.values(carry))
  return {
    async run(feeds, into = {}) {
      const all = { ...constants, ...held, ...feeds }
      const values = evaluateNodes(program, all, checkFeeds(program, program.inputs, all))
      const get = (name: string): NDArray => values.get(program.outputs[name]) as Values
      held = Object.fromEntries(Object.entries(carry).map(([input, output]) => [input, get(output)]))
      const names = Object.keys(program.outputs).filter((name) => !carried.has(name))
      return Object.fromEntries(names.map((name) => [name, writeInto(into[name], get(name))]))
    },
    state: async () => ({ ...held }),
    dispose() {},
    [Symbol.dispose]() {},
  }
}

function evaluateNodes(program: Program, feeds: Feeds, bindings: Bindings): Map<Tensor, Values> {
  const values = new Map<Tensor, Values>()
  for (const node of program.nodes) {
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
