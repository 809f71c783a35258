import { nextTurn } from './yielding.ts'

/** Starts a job when every job given before has ended, however it ended. */
export type Turns = <T>(job: () => Promise<T>) => Promise<T>

export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const result = last.then(job, job)
    last = result
    return result
  }
}

/** Starts a job like `turns`, and each in a turn of the event loop of its own: however many there are, others run between. */
export function spacedTurns(): Turns {
  const inTurn = turns()
  return (job) => inTurn(() => nextTurn().then(job))
}
