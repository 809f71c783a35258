import { refuseBusy } from '../../inside.node.ts'

/** An answer that fits into the buffers of its connection. */
const SMALL = 2 ** 16

/** What is asked of a response. */
interface Outgoing {
  readonly destroyed: boolean
  once(event: 'close', then: () => void): unknown
}

/** Bytes of bodies and of unread answers that a server holds, so that many large ones at once do not fill its memory. */
export class HeldBytes {
  readonly #most: number
  #now = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Error: `serve/busy` where there is no room; where nothing else is held there is. */
  take(bytes: number): void {
    if (this.#now > 0 && this.#now + bytes > this.#most)
      refuseBusy(`${Math.round(this.#now / 2 ** 20)} MB of requests and answers already`)
    this.#now += bytes
  }

  give(bytes: number): void {
    this.#now -= bytes
  }

  /** Counts a large answer until it has been read, or nobody reads it any more. Error: `serve/busy`. */
  takeUnread(bytes: number, outgoing: Outgoing): void {
    if (bytes <= SMALL || outgoing.destroyed) return
    this.take(bytes)
    outgoing.once('close', () => this.give(bytes))
  }
}
