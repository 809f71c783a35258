import type { DataSource, Failure } from '../protocol.ts'
import type { Keeper, Kept } from './kept.ts'
import { holdTraining } from './living.ts'

/** A training that can be gone on with, and the data it needs. */
export interface KeptTraining {
  readonly kept: Kept
  readonly source: DataSource
}

/** The last snapshot: in memory, and where there is room in IndexedDB. */
export class Keeping {
  /** Undefined where there is nothing to go on from. */
  last = $state.raw<KeptTraining>()
  readonly #keeper: Keeper
  readonly #tell: (failure: Failure) => void
  /** What this tab's training is called among all tabs'; each keeps under its own. */
  #id = ''
  #release = () => {}
  #isWriting = false
  #isFull = false

  /** `tell` hears once that there is no room. */
  constructor(tell: (failure: Failure) => void, keeper: Keeper) {
    this.#tell = tell
    this.#keeper = keeper
  }

  /** What an earlier visit left. */
  async read(): Promise<void> {
    this.last = await this.#keeper.read().catch(() => undefined)
  }

  /** A training of this tab begins; gives what it is called among all tabs'. */
  begin(): string {
    this.#release()
    this.#id = randomId()
    this.#release = holdTraining(this.#id)
    return this.#id
  }

  async keep(kept: Kept, source: DataSource): Promise<void> {
    this.last = { kept, source }
    // A slow disk gets the next one, or what came while it wrote.
    if (this.#isWriting) return
    this.#isWriting = true
    for (
      let next: KeptTraining | undefined = this.last;
      next;
      next = this.last === next ? undefined : this.last
    ) {
      const { kept: own, source: data } = next
      const id = this.#id
      await this.#write(() => this.#keeper.keep(own, data, id))
    }
    this.#isWriting = false
  }

  async forget(): Promise<void> {
    this.last = undefined
    await this.#write(() => this.#keeper.forget(this.#id))
  }

  async #write(write: () => Promise<void>): Promise<void> {
    try {
      await write()
      this.#isFull = false
    } catch {
      if (!this.#isFull) this.#tell(noRoom)
      this.#isFull = true
    }
  }
}

/** Pages that are not from this machine and without https have no `crypto.randomUUID`. */
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

const noRoom: Failure = {
  code: 'studio/storage-full',
  seen: 'this browser has no room for a copy of the training',
  wanted: 'room for a few megabytes',
  fix: 'training goes on; take the model away before the page is closed, or free some room',
}
