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
  #written: DataSource | undefined
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
    this.#written = this.last?.source
  }

  async keep(kept: Kept, source: DataSource): Promise<void> {
    this.last = { kept, source }
    // A slow disk gets the next one.
    if (this.#isWriting) return
    this.#isWriting = true
    await this.#write(async () => {
      // Data may be large and do not change.
      if (this.#written !== source) await this.#keeper.keepSource(source)
      this.#written = source
      await this.#keeper.keep(kept)
    })
    this.#isWriting = false
  }

  async forget(): Promise<void> {
    this.last = undefined
    this.#written = undefined
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
