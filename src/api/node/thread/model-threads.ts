import type { Model } from '../../../infer/model.ts'
import type { ThreadOptions, Threads } from '../../platform.ts'
import { ModelThread } from './model-thread.ts'
import type { ModelFacts, ThreadTask } from './protocol.ts'

/** Models in threads: every method asks there, by its own name. */
export const modelThreads: Threads = {
  async openModel(parts, options) {
    const thread = new ModelThread({ parts, engine: engineOf(options) })
    return modelIn(thread, await thread.opened())
  },
  async openTable(parts, schema, options) {
    const { unseen } = options
    const table = { schema, options: unseen === undefined ? {} : { unseen } }
    const thread = new ModelThread({ parts, engine: engineOf(options), table })
    await thread.opened()
    return {
      score: (chunk, asked) => thread.ask('score', [chunk], asked),
      impute: (chunk, asked) => thread.ask('impute', [chunk], asked),
      synthesize: (count, asked) => thread.ask('synthesize', [count], asked),
      [Symbol.dispose]: () => thread.end(),
    }
  },
}

const engineOf = ({ engine, threads = engine?.threads }: ThreadOptions): ThreadTask['engine'] => ({
  name: engine?.name ?? 'auto',
  ...(threads === undefined ? {} : { threads }),
})

function modelIn(thread: ModelThread, facts: ModelFacts): Model {
  const dispose = () => thread.end()
  return {
    ...facts,
    encode: (rows, options) => thread.ask('encode', [rows], options),
    decode: (codes, options) => thread.ask('decode', [codes], options),
    reconstruct: (rows, options) => thread.ask('reconstruct', [rows], options),
    sample: (count, options) => thread.ask('sample', [count], options),
    score: (rows, options) => thread.ask('score', [rows], options),
    spread: (of) => thread.ask('spread', [of]),
    traverse: (dimension, positions, options) => thread.ask('traverse', [dimension, positions], options),
    interpolate: (from, to, steps, options) => thread.ask('interpolate', [from, to, steps], options),
    dispose,
    [Symbol.dispose]: dispose,
  }
}
