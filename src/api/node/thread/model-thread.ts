import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { unpacked } from '../../../base/crossing.ts'
import { BetavaeError } from '../../../base/errors.ts'
import { DISPOSED } from '../../../infer/programs.ts'
import type { Answer, Question, ThreadTask, ToThread } from './protocol.ts'

interface Call {
  resolve(value: unknown): void
  reject(reason: unknown): void
}

/** Questions that the thread has at a time: enough for it never to wait, few enough that their answers come one by one. */
const AT_ONCE = 4

/** A thread that answers for a model. */
export class ModelThread {
  /** When the thread is gone. */
  readonly ended: Promise<void>
  readonly #worker: Worker
  readonly #calls = new Map<number, Call>()
  /** What has been asked and not been said to the thread yet. */
  readonly #waiting = new Map<number, Question>()
  #asked = 0
  /** Why nothing can be asked any more. */
  #over: Error | undefined

  constructor(task: ThreadTask) {
    // The script has the extension that this file has: .ts where sources run, .js where they have been built.
    const script = new URL(`./model.worker${extname(import.meta.url)}`, import.meta.url)
    this.#worker = new Worker(script, { workerData: task, execArgv: [] })
    this.#worker.on('message', (answer: Answer) => this.#take(answer))
    this.#worker.on('error', (cause) => this.#close(gone(cause)))
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#close(gone())
        resolve()
      })
    })
  }

  /** What the thread says of its model once that is open; where it cannot be opened the thread ends. */
  async opened<Facts>(): Promise<Facts> {
    try {
      return await this.#answerTo<Facts>(0)
    } catch (error) {
      this.end()
      throw error
    }
  }

  /** Calls a method of the model in the thread. */
  ask<Result>(
    method: string,
    args: readonly unknown[],
    { signal, ...options }: { readonly signal?: AbortSignal } = {},
  ): Promise<Result> {
    if (this.#over) return Promise.reject(this.#over)
    if (signal?.aborted) return Promise.reject(signal.reason)
    const id = ++this.#asked
    const answer = this.#answerTo<Result>(id)
    this.#waiting.set(id, { id, method, args: args.map(alone), options })
    this.#sayNext()
    if (!signal) return answer
    const abort = () => {
      if (!this.#waiting.delete(id)) this.#say({ abort: id })
      this.#settle(id)?.reject(signal.reason)
    }
    signal.addEventListener('abort', abort)
    return answer.finally(() => signal.removeEventListener('abort', abort))
  }

  /** Ends the thread; what is still asked fails like questions to a model that was disposed of. */
  end(): void {
    if (this.#over) return
    this.#say('end')
    this.#close(new BetavaeError(DISPOSED))
  }

  #sayNext(): void {
    for (const [id, question] of this.#waiting) {
      if (this.#calls.size - this.#waiting.size >= AT_ONCE) return
      this.#waiting.delete(id)
      this.#say(question)
    }
  }

  #say(message: ToThread): void {
    this.#worker.postMessage(message)
  }

  #answerTo<Result>(id: number): Promise<Result> {
    // While something is asked the process waits for the answer.
    this.#worker.ref()
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve: resolve as Call['resolve'], reject })
    })
  }

  #settle(id: number): Call | undefined {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    this.#sayNext()
    if (this.#calls.size === 0) this.#worker.unref()
    return call
  }

  #take({ id, ...answer }: Answer): void {
    // What was aborted is answered, too.
    const call = this.#settle(id)
    if ('value' in answer) call?.resolve(answer.value)
    else call?.reject(unpacked(answer))
  }

  #close(reason: Error): void {
    this.#over ??= reason
    this.#waiting.clear()
    for (const id of [...this.#calls.keys()]) this.#settle(id)?.reject(reason)
  }
}

/** Numbers with memory of their own: of a view the whole memory beneath would be copied. */
function alone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('data' in value)) return value
  const { data } = value
  const isView = data instanceof Float32Array || data instanceof Float64Array || data instanceof Uint8Array
  return isView && data.byteLength < data.buffer.byteLength ? { ...value, data: data.slice() } : value
}

/** Code of the error of a thread that ended by itself. */
export const THREAD_ENDED = 'open/thread-ended'

const gone = (cause?: unknown): BetavaeError =>
  new BetavaeError({
    code: THREAD_ENDED,
    seen: `the thread of a model, which ended by itself${cause instanceof Error ? ` (${cause.message})` : ''}`,
    wanted: 'a thread that answers until the model is disposed of',
    fix: 'open the model again; where memory was short, ask about fewer rows at a time',
    cause,
  })
