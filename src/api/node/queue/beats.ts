import { setTimeout as sleep } from 'node:timers/promises'
import type { Claim } from './claims.ts'
import { touchJob } from './claims.ts'
import { BEAT_MS } from './lease.ts'
import type { Queue } from './open-queue.ts'

/** Signs of life of a worker for one job, from its claim to its end, whatever is done meanwhile. */
export interface Beats {
  /** Fires when the job is another's, or with the error for which it cannot be gone on with. */
  readonly lost: AbortSignal
  lose(reason?: unknown): void
  /** What the next sign says of the progress. */
  at(step: number): void
  stop(): Promise<void>
}

/** What a job is worked on with. */
export interface Working {
  /** Fires when the worker is to stop, and the job to be given back. */
  readonly signal: AbortSignal
  readonly beats: Beats
}

/** How work on a job ended. */
export interface Ended {
  readonly kind: 'finished' | 'failed' | 'returned' | 'lost'
  readonly reason?: string
}

/** What is said of a job that was lost. Throws what it was lost for, where that was an error. */
export function lostFor({ lost: { reason } }: Beats): Ended {
  // Without a reason of ours it is the signal's own, by its name.
  if (reason instanceof Error && reason.name !== 'AbortError') throw reason
  return { kind: 'lost' }
}

export function beatFor(queue: Queue, claim: Claim): Beats {
  const lost = new AbortController()
  const over = new AbortController()
  let step: number | undefined
  const beat = async () => {
    if (!(await touchJob(queue, claim, step))) lost.abort()
  }
  const running = (async () => {
    while (!over.signal.aborted && !lost.signal.aborted) {
      await beat().catch((error: unknown) => lost.abort(error))
      await sleep(BEAT_MS, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    lost: lost.signal,
    lose: (reason) => lost.abort(reason),
    at(reached) {
      step = reached
    },
    async stop() {
      over.abort()
      await running
    },
  }
}
