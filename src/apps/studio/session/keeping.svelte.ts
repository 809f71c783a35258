import type { DataSource, Failure } from '../protocol.ts'
import type { Keeper, Kept } from './kept.ts'

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
  /** Under which the data of this page's training lie; other tabs keep under their own. */
  #id = crypto.randomUUID()
  #source: DataSource | undefined
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

  async keep(kept: Kept, source: DataSource): Promise<void> {
    this.last = { kept, source }
    if (this.#source !== source) this.#id = crypto.randomUUID()
    this.#source = source
    // A slow disk gets the next one, or what came while it wrote.
    if (this.#isWriting) return
    this.#isWriting = true
    for (
      let next: KeptTraining | undefined = this.last;
      next;
      next = this.last === next ? undefined : this.last
    ) {
      const { kept: own, source: data } = next
      await this.#write(() => this.#keeper.keep(own, data, this.#id))
    }
    this.#isWriting = false
  }

  async forget(): Promise<void> {
    this.last = undefined
    this.#source = undefined
    await this.#write(() => this.#keeper.forget())
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

const noRoom: Failure = {
  code: 'studio/storage-full',
  seen: 'this browser has no room for a copy of the training',
  wanted: 'room for a few megabytes',
  fix: 'training goes on; take the model away before the page is closed, or free some room',
}
