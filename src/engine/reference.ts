import type { NDArray } from '../base/arrays.ts'
import { evaluateNodes } from '../graph/evaluate.ts'
import type { Values } from '../graph/reference/reference.ts'
import { copyOf, type Engine, type Feeds, writeInto } from './engine.ts'
import { type Execution, openExecutable, type Plan } from './executable.ts'

/** Runs programs node by node in float64: slow, and the judge of every other engine. */
export const referenceEngine: Engine = {
  name: 'reference',
  threads: 1,
  description: 'float64 interpreter',
  tolerance: 0,
  update: 'host',
  precision: 'float64',
  load: (program, options = {}) => openExecutable(program, options, async (plan) => interpret(plan)),
}

function interpret({ program, constants, carry, state, returned }: Plan): Execution {
  let held: Feeds = Object.fromEntries(Object.keys(carry).map((name) => [name, copyOf(state[name])]))
  return {
    async run(feeds, into, sizes) {
      const values = evaluateNodes(program.nodes, {
        feeds: { ...feeds, ...constants, ...held },
        bindings: sizes,
      })
      const get = (name: string): NDArray => values.get(program.outputs[name]) as Values
      held = Object.fromEntries(Object.entries(carry).map(([input, output]) => [input, get(output)]))
      return Object.fromEntries(returned.map((name) => [name, writeInto(into[name], get(name))]))
    },
    state: async () => Object.fromEntries(Object.entries(held).map(([name, value]) => [name, copyOf(value)])),
    release() {},
  }
}
