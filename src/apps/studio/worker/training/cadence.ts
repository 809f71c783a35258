/** Something that is done now and then while training: no sooner than its interval, nor than it takes of the time. */
export class Cadence {
  readonly #interval: number
  readonly #share: number
  #next: number

  /** `interval` in milliseconds; `share` of the time that it may take at most; the first after `first` milliseconds. */
  constructor(interval: number, share: number, first = interval) {
    this.#interval = interval
    this.#share = share
    this.#next = performance.now() + first
  }

  get isDue(): boolean {
    return performance.now() >= this.#next
  }

  /** Does it, due or not. */
  async do<Result>(work: () => Promise<Result>): Promise<Result> {
    const began = performance.now()
    try {
      return await work()
    } finally {
      const ended = performance.now()
      this.#next = ended + Math.max(this.#interval, (ended - began) / this.#share)
    }
  }
}
