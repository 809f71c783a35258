import { refuseBusy } from '../../inside.node.ts'

/** Bytes of bodies that a server holds, so that many large ones at once do not fill its memory. */
export class HeldBytes {
  readonly #most: number
  #now = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Error: `serve/busy` where there is no room. */
  take(bytes: number): void {
    if (this.#now + bytes > this.#most)
      refuseBusy(`${Math.round(this.#now / 2 ** 20)} MB of requests already`)
    this.#now += bytes
  }

  give(bytes: number): void {
    this.#now -= bytes
  }
}
