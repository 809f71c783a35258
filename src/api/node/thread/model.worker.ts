/** A thread that holds an open model and answers questions about it; started by `model-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { packed } from '../../../base/crossing.ts'
import { broughtBy } from '../../../base/parts.ts'
import { withKinds } from '../../../data/tables/schema.ts'
import { nodeEngines } from '../../../engine/onnxruntime/node/engines.ts'
import { openEngine } from '../../../engine/select.ts'
import { createModel } from '../../../infer/create-model.ts'
import { openTableService } from '../../../infer/tables/table-service.ts'
import { recordedParts } from '../../../runs/node/load-parts.ts'
import type { Answer, ModelFacts, Question, ThreadTask, ToThread } from './protocol.ts'

type Method = (...args: readonly unknown[]) => Promise<unknown>

interface Held {
  readonly facts?: ModelFacts
  readonly methods: object
  dispose(): void
}

async function open({ parts: plain, brought = [], table, engine: how }: ThreadTask): Promise<Held> {
  const { name, threads } = how
  const own = broughtBy(await recordedParts(brought, { given: [] }), brought)
  const parts = { ...plain, spec: { ...plain.spec, ...own } }
  const { engine } = await openEngine(nodeEngines, name, threads === undefined ? {} : { threads })
  if (table) {
    const methods = await openTableService(engine, parts, withKinds(table.schema, own), table.options)
    return { methods, dispose: methods[Symbol.dispose] }
  }
  const methods = await createModel(engine, parts)
  const { exampleShape, latent, stochastic, condition, hasPrior, samplesFrom } = methods
  const { description, warning } = engine
  const facts: ModelFacts = {
    ...{ exampleShape, latent, stochastic, hasPrior, samplesFrom, ...(condition && { condition }) },
    engine: { name: engine.name, threads: engine.threads, description, ...(warning && { warning }) },
  }
  return { facts, methods, dispose: methods.dispose }
}

const say = (answer: Answer) => parentPort?.postMessage(answer)
const running = new Map<number, AbortController>()

async function answer({ methods }: Held, { id, method, args, options }: Question): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  try {
    const call: Method = Reflect.get(methods, method)
    say({ id, value: await call(...args, { ...options, signal: controller.signal }) })
  } catch (error) {
    say({ id, ...packed(error) })
  } finally {
    running.delete(id)
  }
}

function end(held: Held): void {
  for (const controller of running.values()) controller.abort()
  held.dispose()
  parentPort?.close()
}

try {
  const held = await open(workerData)
  parentPort?.on('message', (message: ToThread) => {
    if (message === 'end') end(held)
    else if ('abort' in message) running.get(message.abort)?.abort()
    else void answer(held, message)
  })
  say({ id: 0, value: held.facts })
} catch (error) {
  say({ id: 0, ...packed(error) })
}
