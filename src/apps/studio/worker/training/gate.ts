/** Lets the steps of a training pass, all or so many, or holds them. */
export class Gate {
  #left: number
  #opened: (() => void) | undefined

  constructor(isOpen: boolean) {
    this.#left = isOpen ? Number.POSITIVE_INFINITY : 0
  }

  get isOpen(): boolean {
    return this.#left > 0
  }

  open(steps = Number.POSITIVE_INFINITY): void {
    this.#left = steps
    if (steps > 0) this.#opened?.()
  }

  close(): void {
    this.#left = 0
  }

  /** Counts a step that passed. */
  count(): void {
    this.#left = Math.max(0, this.#left - 1)
  }

  /** Resolves when it is open. */
  async pass(): Promise<void> {
    while (!this.isOpen)
      await new Promise<void>((opened) => {
        this.#opened = opened
      })
  }
}
