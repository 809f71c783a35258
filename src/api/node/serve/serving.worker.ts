/** A thread that holds an open model and answers batches of requests; started by `serving-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { joinedBytes } from '../../../base/bytes.ts'
import { broughtBy } from '../../../base/parts.ts'
import { LABEL } from '../../../data/tables/dataset.ts'
import { withKinds } from '../../../data/tables/schema.ts'
import { nodeEngines } from '../../../engine/onnxruntime/node/engines.ts'
import { openEngine } from '../../../engine/select.ts'
import { refuseRows } from '../../../infer/tables/windows/refuse-rows.ts'
import { modelParts } from '../../../recipe/trained.ts'
import { recordedParts } from '../../../runs/node/load-parts.ts'
import { trainedIn } from '../../trained-in.ts'
import { problemBytes, problemOf } from './problem.ts'
import type { Batch, BatchAnswer, FromThread, ServingTask } from './protocol.ts'
import type { Body, Outcome, Served } from './served.ts'
import { openServedArrays } from './served-arrays.ts'
import { openServedTable } from './served-table.ts'
import { written } from './written.ts'

const task = workerData as ServingTask
const say = (message: FromThread, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer)

async function open(): Promise<Served> {
  const parts = await recordedParts(task.brought, { given: [] })
  const trained = await trainedIn({ bytes: task.bytes, name: task.file, parts })
  const { data, engine: asked } = trained.recipe
  // One thread each: rows are divided between the threads of the server.
  const { engine } = await openEngine(nodeEngines, asked.name, { threads: 1 })
  if (!data.table) return openServedArrays(engine, trained, task)
  if (data.windows) refuseRows('answering requests')
  const schema = withKinds(data.table, broughtBy(parts, task.brought))
  const given = data.given && withKinds(data.given, broughtBy(parts, task.brought))
  const known = (given?.columns ?? []).map(({ name }) => name)
  const left = [...(data.exclude ?? []), data.label ?? LABEL, ...known]
  return openServedTable(engine, modelParts(trained), { schema, given, left }, task)
}

function bodiesOf({ bytes, ends, firsts, takes, gives }: Batch): Body[] {
  const isStream = takes === 'lines' && gives === 'lines'
  const most = isStream ? Number.POSITIVE_INFINITY : task.mostRows
  return ends.map((end, at) => ({
    bytes: bytes.subarray(ends[at - 1] ?? 0, end),
    form: takes,
    first: firsts[at],
    most,
  }))
}

async function answer(served: Served, batch: Batch): Promise<void> {
  const began = performance.now()
  const { each, seen } = await served
    .answer(batch.operation, batch.options, bodiesOf(batch))
    .catch((error: unknown) => ({
      each: batch.ends.map((): Outcome => ({ error, rows: 0 })),
      seen: undefined,
    }))
  const parts: Uint8Array[] = []
  const statuses: number[] = []
  for (const outcome of each) {
    const { bytes, status } = await told(outcome, batch)
    parts.push(bytes)
    statuses.push(status)
  }
  let end = 0
  const ends = parts.map(({ length }) => {
    end += length
    return end
  })
  const bytes = joinedBytes(parts)
  const own: BatchAnswer = {
    id: batch.id,
    ...{ bytes, ends, statuses },
    rows: each.map(({ rows }) => rows),
    took: performance.now() - began,
    ...(seen && { seen }),
  }
  say(own, [bytes.buffer as ArrayBuffer])
}

async function told(
  { answered, error }: Outcome,
  { gives }: Batch,
): Promise<{ bytes: Uint8Array; status: number }> {
  try {
    if (!answered) throw error
    return { bytes: await written(answered, gives, task.model), status: 200 }
  } catch (caught) {
    const problem = problemOf(caught)
    if (problem.status >= 500)
      say({ unexpected: caught instanceof Error ? (caught.stack ?? caught.message) : String(caught) })
    return { bytes: problemBytes(problem), status: problem.status }
  }
}

try {
  const served = await open()
  // One after another, though a batch that waits for the engine would let the next one in.
  let last = Promise.resolve()
  parentPort?.on('message', (message: Batch | 'end') => {
    if (message === 'end') parentPort?.close()
    else last = last.then(() => answer(served, message))
  })
  say({ ready: served.facts })
} catch (error) {
  say({ failed: problemOf(error) })
}
