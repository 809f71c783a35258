import type { Queue } from './open-queue.ts'
import { tendQueue } from './tend.ts'
import { type WorkerOptions, work } from './worker.ts'

/** Follows jobs; those of a queue in a folder are done by this process meanwhile. */
export async function* workedHere<Event>(
  queue: Queue,
  { signal, ...options }: Omit<WorkerOptions, 'signal'> & { readonly signal?: AbortSignal | undefined },
  follow: (signal: AbortSignal) => AsyncGenerator<Event, void, undefined>,
): AsyncGenerator<Event, void, undefined> {
  const own = new AbortController()
  const stop = signal ? AbortSignal.any([signal, own.signal]) : own.signal
  let broken: unknown
  const working = queue.isOwn
    ? work(queue, { ...options, signal: stop }).catch((error: unknown) => {
        broken = error
        own.abort()
      })
    : undefined
  using _tending = tendQueue(queue)
  try {
    yield* follow(stop)
    if (broken !== undefined) throw broken
  } finally {
    own.abort()
    await working
  }
}
