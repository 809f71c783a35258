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
