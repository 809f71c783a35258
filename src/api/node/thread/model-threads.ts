import { fail } from '../../../base/errors.ts'
import { type PartRecord, recordOf } from '../../../base/parts.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Model } from '../../../infer/model.ts'
import type { ModelParts } from '../../../infer/model-parts.ts'
import type { ChunkModelOptions } from '../../../infer/tables/chunk-model.ts'
import { partsOf } from '../../../recipe/bring.ts'
import type { ThreadOptions, Threads } from '../../platform.ts'
import { ModelThread } from './model-thread.ts'
import type { ModelFacts, ThreadTask } from './protocol.ts'

/** The thread of a model of a table, as `openTableService` opens it there. */
export function tableThread(
  parts: ModelParts,
  schema: TableSchema,
  { engine, ...options }: { readonly engine: ThreadTask['engine'] } & ChunkModelOptions,
): ModelThread {
  const plain = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return new ModelThread({ parts, brought: broughtIn(parts), engine, table: { schema, options: plain } })
}

/** Models in threads: every method asks there, by its own name. */
export const modelThreads: Threads = {
  async openModel(parts, options) {
    const thread = new ModelThread({ parts, brought: broughtIn(parts), engine: engineOf(options) })
    return modelIn(thread, await thread.opened())
  },
  async openTable(parts, schema, options) {
    const thread = tableThread(parts, schema, {
      engine: engineOf(options),
      unseen: options.unseen,
      given: options.given,
      windows: options.windows,
    })
    await thread.opened()
    return {
      score: (chunk, asked) => thread.ask('score', [chunk], asked),
      impute: (chunk, asked) => thread.ask('impute', [chunk], asked),
      synthesize: (count, asked) => thread.ask('synthesize', [count], asked),
      [Symbol.dispose]: () => thread.end(),
    }
  },
}

/** Code does not cross into a thread: it imports what came from a module, and the model must do without the rest. */
function broughtIn({ spec }: ModelParts): PartRecord[] {
  const records = partsOf({ model: spec }).map(recordOf)
  const chosen = [spec.likelihood.name, spec.architecture.name, spec.prior.name, spec.latent.name]
  const stuck = records.find(({ module, name }) => module === undefined && chosen.includes(name))
  if (stuck)
    fail({
      code: 'open/worker-parts',
      seen: `the ${stuck.kind} "${stuck.name}", which was given in code, for a model in a thread`,
      wanted: 'a part that a module exports, so that the thread can import it',
      fix: 'train with it from a module (--with ./mine.ts), or leave worker out',
      usage: true,
    })
  return records
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
