import type { StepColumns } from '../protocol.ts'
import { StepRows } from './step-rows.ts'

/** `StepRows` whose readers are told when there is more. */
export class StepHistory {
  readonly #rows = new StepRows()
  /** Not the number of rows: the newest of them changes, too. */
  #changes = $state(0)

  /** How many rows there are; reading it in an effect redraws when more came. */
  get length(): number {
    void this.#changes
    return this.#rows.length
  }

  get names(): string[] {
    return this.#rows.names
  }

  /** Values of a column so far, not copied: they hold until the next report; empty where there is none. */
  column(name: string): Float64Array<ArrayBuffer> {
    void this.#changes
    return this.#rows.column(name)
  }

  add(steps: StepColumns): void {
    this.#rows.add(steps)
    this.#changes++
  }

  /** Forgets what came after `step` updates, from where a training goes on. */
  cutAfter(step: number): void {
    this.#rows.cutAfter(step)
    this.#changes++
  }

  /** A copy, to be kept or restored. */
  copy(): Record<string, Float64Array<ArrayBuffer>> {
    return this.#rows.copy()
  }

  restore(columns: Readonly<Record<string, Float64Array<ArrayBuffer>>>): void {
    this.#rows.restore(columns)
    this.#changes++
  }

  clear(): void {
    this.restore({})
  }
}
