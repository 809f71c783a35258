import { setTimeout as sleep } from 'node:timers/promises'
import { type Promised, promised } from '../../../base/promised.ts'
import { late, left, refuseBusy, stopping } from './complaints.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import type { BatchAnswer, BodyForm, ServedFacts, ServingTask } from './protocol.ts'
import { ServingThread } from './serving-thread.ts'

/** What is asked of a model. */
export interface ServingRequest {
  readonly operation: OperationName
  readonly options: AskedOptions
  /** The same for requests whose operation, options and forms are: they are answered together. */
  readonly alike: string
  readonly takes: BodyForm
  readonly gives: BodyForm
  readonly bytes: Uint8Array
  /** Number of the first row of the body. */
  readonly first: number
  /** Fires when nobody waits for the answer any more. */
  readonly signal?: AbortSignal
}

export interface ServingAnswer {
  readonly status: number
  readonly bytes: Uint8Array
  readonly rows: number
}

/** Bounds of what waits and of what is answered together. */
export interface ServingLimits {
  /** Requests that wait for a thread at most. */
  readonly mostWaiting: number
  /** Milliseconds from the arrival of a request to its answer. */
  readonly patience: number
}

/** What is told of a batch that was answered. */
export interface AnsweredBatch extends Pick<BatchAnswer, 'took' | 'rows' | 'statuses' | 'seen'> {
  readonly operation: OperationName
  /** Milliseconds that each request waited. */
  readonly waited: readonly number[]
}

interface Waiting extends ServingRequest {
  readonly since: number
  resolve(answer: ServingAnswer): void
  reject(reason: unknown): void
}

/** Requests and bytes that are answered together, at most: a batch of single rows takes some hundredths of a second. */
const MOST_TOGETHER = 256
const MOST_BYTES = 2 ** 19
/** Answers that are told in one turn of the event loop. */
const TOLD_AT_ONCE = 16
/** After how long the model is opened again where a thread could not, first and at most. */
const AGAIN_MS = 500
const MOST_AGAIN_MS = 30_000
/** How often it is looked whose time is over. */
const LOOK_MS = 100

/** One version of a model at work in threads, with what waits for them. */
export class Generation {
  readonly version: string
  readonly facts: Promise<ServedFacts>
  readonly #task: ServingTask
  readonly #limits: ServingLimits
  readonly #told: { batch(batch: AnsweredBatch): void; log(what: string): void }
  #threads: ServingThread[]
  #waiting: Waiting[] = []
  readonly #running = new Set<Waiting>()
  #held = 0
  /** Threads that one after another could not open the model. */
  #failed = 0
  #id = 0
  #leaving: Promised<void> | undefined
  readonly #clock: NodeJS.Timeout

  constructor(
    task: ServingTask,
    threads: number,
    limits: ServingLimits,
    told: { batch(batch: AnsweredBatch): void; log(what: string): void },
  ) {
    this.version = task.model.version
    this.#task = task
    this.#limits = limits
    this.#told = told
    this.#threads = Array.from({ length: threads }, () => this.#start())
    this.facts = Promise.all(this.#threads.map(({ ready }) => ready)).then(([facts]) => facts)
    this.facts.catch(() => this.end())
    this.#clock = setInterval(() => this.#endLate(), LOOK_MS).unref()
  }

  /** Whether a thread is there that answers. */
  get live(): boolean {
    return this.#threads.some(({ live }) => live)
  }

  get waiting(): number {
    return this.#waiting.length
  }

  get running(): number {
    return this.#running.size
  }

  /** Errors: `serve/busy`, `serve/time`, `serve/gone`, `serve/thread-ended`. */
  ask(request: ServingRequest): Promise<ServingAnswer> {
    if (this.#waiting.length >= this.#limits.mostWaiting)
      refuseBusy(`${this.#waiting.length} requests that wait already`)
    return new Promise((resolve, reject) => {
      const { signal } = request
      if (this.#threads.length === 0) return reject(stopping())
      if (signal?.aborted) return reject(left())
      const drop = () => this.#drop(waiting)
      // The signal of a stream hears of each of its parts, and would keep all of them.
      const settling =
        <Value>(settle: (value: Value) => void) =>
        (value: Value) => {
          signal?.removeEventListener('abort', drop)
          settle(value)
        }
      const settled = { resolve: settling(resolve), reject: settling(reject) }
      const waiting: Waiting = { ...request, since: performance.now(), ...settled }
      this.#waiting.push(waiting)
      signal?.addEventListener('abort', drop, { once: true })
      // Those that came with it may be answered with it.
      if (this.#waiting.length === 1) setImmediate(() => this.#next())
      else this.#next()
    })
  }

  /** Keeps this version at work for what asks several times, such as a stream. */
  hold(): () => void {
    this.#held++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#held--
      this.#leaveIfDone()
    }
  }

  /** Resolves when everything that was asked has been answered and nothing holds this version; then its threads end. */
  leave(): Promise<void> {
    this.#leaving ??= promised<void>()
    this.#leaveIfDone()
    return this.#leaving.promise
  }

  /** Ends the threads at once. */
  end(): void {
    clearInterval(this.#clock)
    const threads = this.#threads
    this.#threads = []
    for (const thread of threads) if (!thread.over) thread.end()
    for (const waiting of this.#waiting.splice(0)) waiting.reject(stopping())
  }

  #start(): ServingThread {
    const thread = new ServingThread(this.#task, this.#told.log)
    void thread.ready.then(
      () => this.#next(),
      () => undefined,
    )
    void thread.ended.then(() => this.#replace(thread))
    return thread
  }

  /**
   * A thread that ended by itself once the model was at work is followed by another: at once, or, where it could not open
   * the model, as where memory is short, after a while that grows.
   */
  #replace(thread: ServingThread): void {
    const place = this.#threads.indexOf(thread)
    if (place < 0) return
    const isOpened = thread.ready.then(
      () => true,
      () => false,
    )
    const follow = async () => {
      await this.facts
      this.#failed = (await isOpened) ? 0 : this.#failed + 1
      if (this.#failed > 0)
        await sleep(Math.min(AGAIN_MS * 2 ** (this.#failed - 1), MOST_AGAIN_MS), undefined, { ref: false })
      if (this.#threads[place] === thread) this.#threads[place] = this.#start()
    }
    // What never was at work is not opened again.
    follow().catch(() => undefined)
  }

  #next(): void {
    for (const thread of this.#threads) {
      if (this.#waiting.length === 0) break
      if (thread.free) void this.#answer(thread, this.#take())
    }
    this.#leaveIfDone()
  }

  /** The one that waits longest, and those that are alike. */
  #take(): Waiting[] {
    const [{ alike }] = this.#waiting
    const taken: Waiting[] = []
    let [bytes, made] = [0, 0]
    this.#waiting = this.#waiting.filter((waiting) => {
      // What has no body may ask for many rows.
      const { count = 0 } = waiting.options
      const fits =
        taken.length < MOST_TOGETHER &&
        bytes + waiting.bytes.length <= MOST_BYTES &&
        made + count <= this.#task.mostRows
      if (waiting.alike !== alike || (taken.length > 0 && !fits)) return true
      taken.push(waiting)
      bytes += waiting.bytes.length
      made += count
      return false
    })
    return taken
  }

  async #answer(thread: ServingThread, taken: readonly Waiting[]): Promise<void> {
    const began = performance.now()
    for (const waiting of taken) this.#running.add(waiting)
    const [{ operation, options, takes, gives }] = taken
    try {
      const answer = await thread.ask({
        id: ++this.#id,
        operation,
        options,
        takes,
        gives,
        ...packed(taken),
      })
      this.#told.batch({ ...answer, operation, waited: taken.map(({ since }) => began - since) })
      // The thread goes on while its answers are told.
      this.#next()
      await this.#tell(taken, answer)
    } catch (error) {
      for (const waiting of taken) waiting.reject(error)
    }
    for (const waiting of taken) this.#running.delete(waiting)
    this.#next()
  }

  /** Tells some at a time: what is done with an answer is done at once, and would hold the event loop for all of them. */
  async #tell(taken: readonly Waiting[], { bytes, ends, statuses, rows }: BatchAnswer): Promise<void> {
    for (const [at, waiting] of taken.entries()) {
      if (at > 0 && at % TOLD_AT_ONCE === 0) await new Promise(setImmediate)
      const own = bytes.subarray(ends[at - 1] ?? 0, ends[at])
      waiting.resolve({ status: statuses[at], bytes: own, rows: rows[at] })
    }
  }

  #endLate(): void {
    const { patience } = this.#limits
    const now = performance.now()
    const isLate = ({ since }: Waiting) => now - since > patience
    for (const waiting of [...this.#waiting.filter(isLate), ...[...this.#running].filter(isLate)]) {
      this.#forget(waiting)
      waiting.reject(late(patience))
    }
  }

  #drop(waiting: Waiting): void {
    this.#forget(waiting)
    waiting.reject(left())
  }

  #forget(waiting: Waiting): void {
    const place = this.#waiting.indexOf(waiting)
    if (place < 0) return
    this.#waiting.splice(place, 1)
    this.#leaveIfDone()
  }

  #leaveIfDone(): void {
    if (!this.#leaving || this.#held > 0 || this.#waiting.length > 0 || this.#running.size > 0) return
    this.end()
    this.#leaving.resolve()
  }
}

/** Bodies one after another. */
function packed(taken: readonly Waiting[]) {
  const bytes = new Uint8Array(taken.reduce((sum, own) => sum + own.bytes.length, 0))
  let end = 0
  const ends = taken.map((own) => {
    bytes.set(own.bytes, end)
    end += own.bytes.length
    return end
  })
  return { bytes, ends, firsts: taken.map(({ first }) => first) }
}
