import type { Keeper, RunsChange } from './kept.ts'
import type { KnownRun } from './known-run.ts'

/** As many trainings of this page are kept; older ones are forgotten. */
const KEPT = 8

/** Trainings of this page that came to their end, the newest last; they survive a reload where there is room. */
export class PageRuns {
  all = $state.raw<readonly KnownRun[]>([])
  readonly #keeper: Keeper
  readonly #onChange: () => void

  /** `onChange` hears when this tab has changed the list that all have. */
  constructor(keeper: Keeper, onChange: () => void) {
    this.#keeper = keeper
    this.#onChange = onChange
  }

  /** What earlier visits and other tabs left. */
  async read(): Promise<void> {
    this.all = (await this.#keeper.readRuns().catch(() => undefined)) ?? this.all
  }

  add(run: Omit<KnownRun, 'id' | 'name'>): void {
    void this.#change((all) => {
      const number = 1 + Math.max(0, ...all.map(({ id }) => Number(id.split(':')[1])))
      return [...all, { id: `page:${number}`, name: `Training ${number}`, ...run }].slice(-KEPT)
    })
  }

  forget(id: string): void {
    void this.#change((all) => all.filter((run) => run.id !== id))
  }

  /** Where there is no room they are kept as long as the page is. */
  async #change(change: RunsChange): Promise<void> {
    this.all = (await this.#keeper.changeRuns(change).catch(() => undefined)) ?? change(this.all)
    this.#onChange()
  }
}
