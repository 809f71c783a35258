import type { Keeper } from './kept.ts'
import type { KnownRun } from './known-run.ts'

/** As many trainings of this page are kept; older ones are forgotten. */
const KEPT = 8

/** Trainings of this page that came to their end, the newest last; they survive a reload where there is room. */
export class PageRuns {
  all = $state.raw<readonly KnownRun[]>([])
  readonly #keeper: Keeper

  constructor(keeper: Keeper) {
    this.#keeper = keeper
  }

  /** What earlier visits left. */
  async read(): Promise<void> {
    this.all = (await this.#keeper.readRuns().catch(() => undefined)) ?? []
  }

  add(run: Omit<KnownRun, 'id' | 'name'>): void {
    const number = 1 + Math.max(0, ...this.all.map(({ id }) => Number(id.split(':')[1])))
    this.#take([...this.all, { id: `page:${number}`, name: `Training ${number}`, ...run }].slice(-KEPT))
  }

  forget(id: string): void {
    this.#take(this.all.filter((run) => run.id !== id))
  }

  /** Where there is no room they are kept as long as the page is. */
  #take(runs: readonly KnownRun[]): void {
    this.all = runs
    void this.#keeper.keepRuns(runs).catch(() => undefined)
  }
}
