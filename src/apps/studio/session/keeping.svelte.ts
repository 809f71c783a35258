import type { DataSource, Failure } from '../protocol.ts'
import type { Keeper, Kept } from './kept.ts'
import { holdTraining } from './living.ts'
import { rememberedTraining, rememberTraining } from './remembered.ts'

/** A training that can be gone on with, and the data it needs. */
export interface KeptTraining {
  readonly kept: Kept
  readonly source: DataSource
}

/** A training whose lock this tab holds. */
interface Held {
  /** What it is called among all tabs'; each keeps under its own. */
  readonly id: string
  release(): void
  /** Another page left it, and nobody has gone on with it yet. */
  readonly isLeft: boolean
}

/** A snapshot with whose it is, which may be another training by the time it is written. */
interface Waiting extends KeptTraining {
  readonly id: string
  readonly replaces: readonly Held[]
}

/** The last snapshot: in memory, and where there is room in IndexedDB. */
export class Keeping {
  /** Undefined where there is nothing to go on from. */
  last = $state.raw<KeptTraining>()
  readonly #keeper: Keeper
  readonly #tell: (failure: Failure) => void
  #own: Held | undefined
  /** What this tab's training takes the place of; it is held and stays on disk until the first snapshot is there. */
  #replaced: readonly Held[] = []
  #next: Waiting | undefined
  #isWriting = false
  /** Writes come one after another. */
  #written: Promise<unknown> = Promise.resolve()
  #isFull = false

  /** `tell` hears once that there is no room. */
  constructor(tell: (failure: Failure) => void, keeper: Keeper) {
    this.#tell = tell
    this.#keeper = keeper
  }

  /** What an earlier visit left, this tab's own before others. */
  async read(): Promise<void> {
    const found = await this.#keeper.read(rememberedTraining()).catch(() => undefined)
    if (!found) return
    const { id, release, ...training } = found
    this.#own = { id, release, isLeft: true }
    this.last = training
    rememberTraining(id)
  }

  /** A training of this tab begins, which may go on from what was kept; gives what it is called among all tabs'. */
  begin({ goesOn = false } = {}): string {
    const before = this.#own
    // What another page left and nobody wanted now may still be wanted later.
    if (before?.isLeft && !goesOn) before.release()
    else if (before) this.#replaced = [...this.#replaced, before]
    const id = randomId()
    this.#own = { id, release: holdTraining(id), isLeft: false }
    return id
  }

  async keep(kept: Kept, source: DataSource): Promise<void> {
    this.last = { kept, source }
    this.#next = { kept, source, id: this.#own?.id ?? this.begin(), replaces: this.#replaced }
    // A slow disk gets the next one, or what came while it wrote.
    if (this.#isWriting) return
    this.#isWriting = true
    while (this.#next) {
      const next: Waiting = this.#next
      this.#next = undefined
      await this.#keep(next)
    }
    this.#isWriting = false
  }

  async forget(): Promise<void> {
    const held = [...this.#replaced, ...(this.#own ? [this.#own] : [])]
    this.last = undefined
    this.#next = undefined
    await this.#write(() => this.#keeper.forget(held.map(({ id }) => id)))
    this.#letGo(held.filter((one) => one.isLeft || one !== this.#own))
  }

  async #keep({ kept, source, id, replaces }: Waiting): Promise<void> {
    const before = replaces.map((one) => one.id)
    if (!(await this.#write(() => this.#keeper.keep(kept, source, id, before)))) return
    rememberTraining(id)
    this.#letGo(replaces)
  }

  #letGo(held: readonly Held[]): void {
    for (const { release } of held) release()
    this.#replaced = this.#replaced.filter((one) => !held.includes(one))
    if (this.#own && held.includes(this.#own)) this.#own = undefined
  }

  /** Whether there was room. */
  async #write(write: () => Promise<void>): Promise<boolean> {
    const written = this.#written.then(write)
    this.#written = written.catch(() => undefined)
    try {
      await written
      this.#isFull = false
      return true
    } catch {
      if (!this.#isFull) this.#tell(noRoom)
      this.#isFull = true
      return false
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
