import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { unpacked } from '../../../base/crossing.ts'
import type { Answer, Question } from './reader.worker.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'

/** Few enough to leave a small machine to the engine; more would wait for the disk together. */
const MOST_THREADS = 8

/** Threads that read and decode while the training thread computes. */
export interface ReadingThreads {
  readonly count: number
  /** Runs a task on the thread that has least to do. */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>>
}

interface Call {
  resolve(value: unknown): void
  reject(reason: unknown): void
}

/** Young objects of a reading thread, in MiB: it makes few, and would hold three times 16 of them before it looked. */
const YOUNG = 8

/** A thread, and what it has been asked and not yet answered. */
interface Thread {
  readonly worker: Worker
  readonly calls: Map<number, Call>
}

let shared: ReadingThreads | undefined

/** The threads that all data sets of this process read by; they start when first needed, and hold up no exit. */
export function readingThreads(): ReadingThreads {
  shared ??= openThreads(Math.min(Math.max(availableParallelism(), 2), MOST_THREADS))
  return shared
}

function openThreads(count: number): ReadingThreads {
  const threads = new Set<Thread>()
  let asked = 0
  const leastBusy = (): Thread => {
    const [first] = [...threads].sort((a, b) => a.calls.size - b.calls.size)
    return first && (first.calls.size === 0 || threads.size === count) ? first : startThread(threads)
  }
  return {
    count,
    run: (name, input) =>
      new Promise((resolve, reject) => {
        const { worker, calls } = leastBusy()
        const question: Question = { id: asked++, name, input }
        calls.set(question.id, { resolve: resolve as Call['resolve'], reject })
        worker.ref()
        // All at once, not one by one as answers come: the engine keeps this thread from hearing them.
        worker.postMessage(question)
      }),
  }
}

function startThread(threads: Set<Thread>): Thread {
  // The script has the extension that this file has: .ts where sources run, .js where they have been built.
  const script = new URL(`./reader.worker${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(script, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: YOUNG } })
  const thread: Thread = { worker, calls: new Map() }
  threads.add(thread)
  worker.on('message', ({ id, ...answer }: Answer) => {
    const call = thread.calls.get(id) as Call
    thread.calls.delete(id)
    if (thread.calls.size === 0) worker.unref()
    if ('value' in answer) call.resolve(answer.value)
    else call.reject(unpacked(answer))
  })
  const end = (reason: unknown) => {
    threads.delete(thread)
    for (const { reject } of thread.calls.values()) reject(reason)
    thread.calls.clear()
  }
  worker.on('error', end)
  worker.on('exit', () => end(new Error('a reading thread ended')))
  return thread
}
