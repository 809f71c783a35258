/** What is counted of requests, batches and the process. */
import type { AnsweredBatch } from '../../inside.node.ts'
import { Histogram, REQUESTS, SECONDS } from './histogram.ts'
import { LoopWatch } from './loop-watch.ts'
import type { Rate } from './schemas.ts'

export interface OperationMeasures {
  readonly model: string
  readonly operation: string
  readonly seconds: Histogram
  readonly statuses: Map<number, number>
  rows: number
  /** Requests of each of the last seconds. */
  readonly lately: number[]
}

export interface ModelMeasures {
  readonly waited: Histogram
  readonly together: Histogram
  readonly took: Histogram
  readonly reloads: { done: number; failed: number }
}

const LATELY_S = 60
const SLOT_MS = 1000

export class Measures {
  readonly operations = new Map<string, OperationMeasures>()
  readonly models = new Map<string, ModelMeasures>()
  readonly began = Date.now()
  readonly #loop = new LoopWatch()
  #loopMax: number[] = []
  readonly #clock: NodeJS.Timeout

  constructor() {
    this.#clock = setInterval(() => this.#tick(), SLOT_MS).unref()
  }

  request(asked: { model: string; operation: string }, status: number, seconds: number, rows: number): void {
    const own = this.#operation(asked.model, asked.operation)
    own.statuses.set(status, (own.statuses.get(status) ?? 0) + 1)
    own.rows += rows
    own.lately[0]++
    if (status < 400) own.seconds.add(seconds)
  }

  batch(model: string, { waited, took, rows }: AnsweredBatch): void {
    const own = this.model(model)
    for (const ms of waited) own.waited.add(ms / 1000)
    own.together.add(rows.length)
    own.took.add(took / 1000)
  }

  model(name: string): ModelMeasures {
    const own = this.models.get(name) ?? {
      waited: new Histogram(SECONDS),
      together: new Histogram(REQUESTS),
      took: new Histogram(SECONDS),
      reloads: { done: 0, failed: 0 },
    }
    this.models.set(name, own)
    return own
  }

  /** How long the event loop was held at most in the last minute, in seconds. */
  get loopSeconds(): number {
    return Math.max(this.#loop.held, ...this.#loopMax)
  }

  rates(): Rate[] {
    return [...this.operations.values()].map(({ model, operation, seconds, statuses, rows, lately }) => {
      const counts = [...statuses]
      const requests = counts.reduce((sum, [, count]) => sum + count, 0)
      const refused = counts.reduce((sum, [status, count]) => (status < 400 ? sum : sum + count), 0)
      const perSecond = lately.reduce((sum, count) => sum + count, 0) / Math.max(1, lately.length)
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => seconds.quantile(share))
      return { ...{ model, operation, requests, refused, rows, perSecond }, seconds: { p50, p95, p99 } }
    })
  }

  /** From now on requests are answered: what held the event loop before held nobody. */
  begin(): void {
    this.#loop.restart()
    this.#loopMax = []
  }

  end(): void {
    clearInterval(this.#clock)
    this.#loop.end()
  }

  #operation(model: string, operation: string): OperationMeasures {
    const key = `${model}/${operation}`
    const own = this.operations.get(key) ?? {
      ...{ model, operation, rows: 0 },
      seconds: new Histogram(SECONDS),
      statuses: new Map<number, number>(),
      lately: [0],
    }
    this.operations.set(key, own)
    return own
  }

  #tick(): void {
    this.#loopMax = [this.#loop.take(), ...this.#loopMax.slice(0, LATELY_S - 1)]
    for (const { lately } of this.operations.values()) {
      lately.unshift(0)
      if (lately.length > LATELY_S) lately.pop()
    }
  }
}
