import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { BetavaeError } from '../../../base/errors.ts'
import { promised } from '../../../base/promised.ts'
import type { Problem } from './problem.ts'
import type { Batch, BatchAnswer, FromThread, ServedFacts, ServingTask } from './protocol.ts'

interface Asked {
  resolve(answer: BatchAnswer): void
  reject(reason: unknown): void
}

const END_MS = 1000

/** A thread that answers batches of requests for one version of a model, one batch at a time. */
export class ServingThread {
  /** What the model says of itself once it is open. */
  readonly ready: Promise<ServedFacts>
  /** When the thread is gone. */
  readonly ended: Promise<void>
  readonly #worker: Worker
  #asked: Asked | undefined
  #open = false
  #over = false

  constructor(task: ServingTask, log: (what: string) => void) {
    // The script has the extension that this file has: .ts where sources run, .js where they have been built.
    const script = new URL(`./serving.worker${extname(import.meta.url)}`, import.meta.url)
    this.#worker = new Worker(script, { workerData: task, execArgv: [] })
    const opening = promised<ServedFacts>()
    this.ready = opening.promise
    this.ready.catch(() => undefined)
    this.#worker.on('message', (message: FromThread) => {
      if ('ready' in message) {
        this.#open = true
        opening.resolve(message.ready)
      } else if ('failed' in message) opening.reject(errorOf(message.failed))
      else if ('unexpected' in message) log(message.unexpected)
      else this.#settle()?.resolve(message)
    })
    this.#worker.on('error', (cause) => {
      log(`a thread ended by itself: ${cause instanceof Error ? cause.message : cause}`)
      opening.reject(gone(cause))
    })
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#over = true
        opening.reject(gone())
        this.#settle()?.reject(gone())
        resolve()
      })
    })
  }

  /** Whether it can take a batch at once. */
  get free(): boolean {
    return this.live && this.#asked === undefined
  }

  /** Whether its model is open. */
  get live(): boolean {
    return this.#open && !this.#over
  }

  get over(): boolean {
    return this.#over
  }

  /** Rejects where the thread ends before it has answered, and where the batch cannot be sent. */
  ask(batch: Batch): Promise<BatchAnswer> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject }
      try {
        this.#worker.postMessage(batch, [batch.bytes.buffer as ArrayBuffer])
      } catch (error) {
        this.#settle()?.reject(error)
      }
    })
  }

  /** Ends it when it has answered, or has opened its model, and by force where that takes longer than a moment. */
  end(): void {
    this.#over = true
    this.#worker.postMessage('end')
    const clock = setTimeout(() => void this.#worker.terminate(), END_MS)
    void this.ended.then(() => clearTimeout(clock))
  }

  #settle(): Asked | undefined {
    const asked = this.#asked
    this.#asked = undefined
    return asked
  }
}

const errorOf = ({ code, seen, wanted, fix }: Problem): BetavaeError =>
  new BetavaeError({ code, seen, wanted, fix, usage: true })

const gone = (cause?: unknown): BetavaeError =>
  new BetavaeError({
    code: 'serve/thread-ended',
    seen: 'the thread of a model, which ended by itself',
    wanted: 'a thread that answers',
    fix: 'ask again, for fewer rows where memory was short',
    cause,
  })
