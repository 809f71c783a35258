/**
 * Begins work some at a time in each turn of the event loop: of two hundred requests that come at once, the last would
 * else hold up timers and answers for as long as all of them take to begin.
 */
export class SomeATurn {
  readonly #most: number
  #begun = 0
  #waiting: (() => void)[] = []

  constructor(most: number) {
    this.#most = most
  }

  /** In the order in which it is asked for, at once where there is room in this turn. */
  begin(work: () => void): void {
    if (this.#begun === this.#most) {
      this.#waiting.push(work)
      return
    }
    if (this.#begun++ === 0) setImmediate(() => this.#turn())
    work()
  }

  #turn(): void {
    const now = this.#waiting.splice(0, this.#most)
    this.#begun = now.length
    if (now.length > 0) setImmediate(() => this.#turn())
    for (const work of now) work()
  }
}
