import type { Failure } from '../protocol.ts'

/** What failed, in the words of whoever it failed: the worker, the server or the page. */
export class StudioError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`${failure.seen}; wanted ${failure.wanted}. Fix: ${failure.fix}. [${failure.code}]`)
    this.name = 'StudioError'
    this.failure = failure
  }
}
