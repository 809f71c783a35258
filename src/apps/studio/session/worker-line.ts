import type { CommandName, Commands, Failure, FromWorker, Report, Request, ToWorker } from '../protocol.ts'
import { StudioError } from './studio-error.ts'

/** Milliseconds between looks at a worker that owes an answer or trains, and after which its silence means that it is gone. */
const LOOK = 5_000
const SILENCE = 20_000

export interface LineListener {
  report(report: Report): void
  /** The worker is gone; what was asked has been rejected, and the line is closed. */
  lost(failure: Failure): void
  /** Whether the worker has something to do without being asked. */
  isBusy(): boolean
}

/** A worker, as a page talks to it: every question gets an answer, or the news that there is none to be had. */
export class WorkerLine {
  readonly #worker: Worker
  readonly #listener: LineListener
  readonly #waiting = new Map<number, (reply: { gives: unknown } | { failure: Failure }) => void>()
  readonly #watch: ReturnType<typeof setInterval>
  #last = 0
  #heard = performance.now()
  #pinged: number | undefined
  #isClosed = false

  constructor(worker: Worker, wasmPaths: string, listener: LineListener) {
    this.#worker = worker
    this.#listener = listener
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#lose(event.message || 'its script could not be loaded')
    }
    worker.onmessageerror = () => this.#lose('a message that cannot be read')
    this.#send({ wasmPaths })
    this.#watch = setInterval(() => this.#look(), LOOK)
  }

  /** Rejects with a `StudioError`. */
  ask<Name extends CommandName>(
    command: Name,
    given: Commands[Name]['given'],
  ): Promise<Commands[Name]['gives']> {
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (reply) =>
        'gives' in reply
          ? resolve(reply.gives as Commands[Name]['gives'])
          : reject(new StudioError(reply.failure)),
      )
      if (this.#isClosed) this.#reject(gone('it was closed'))
      else this.#send({ id, command, given } as Request)
    })
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#watch)
    this.#worker.terminate()
    this.#reject(gone('it was closed'))
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  #receive(message: FromWorker): void {
    this.#heard = performance.now()
    this.#pinged = undefined
    if ('report' in message) {
      this.#listener.report(message)
      return
    }
    this.#waiting.get(message.id)?.(message)
    this.#waiting.delete(message.id)
  }

  /** A worker can end without a word; one that is asked and stays silent has. */
  #look(): void {
    const now = performance.now()
    if (this.#pinged !== undefined && now - this.#pinged > SILENCE)
      this.#lose(`it has been silent for ${Math.round((now - this.#heard) / 1000)} seconds`)
    if (this.#isClosed) return
    const isOwed = this.#waiting.size > 0 || this.#listener.isBusy()
    if (!isOwed || now - this.#heard < LOOK || this.#pinged !== undefined) return
    this.#pinged = now
    void this.ask('ping', null).catch(() => undefined)
  }

  #lose(reason: string): void {
    if (this.#isClosed) return
    this.close()
    this.#listener.lost(gone(reason))
  }

  #reject(failure: Failure): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const answer of waiting) answer({ failure })
  }
}

const gone = (reason: string): Failure => ({
  code: 'studio/worker-lost',
  seen: `the worker that trains stopped: ${reason}`,
  wanted: 'a worker that answers',
  fix: 'it has been started again; go on from the last snapshot',
})
