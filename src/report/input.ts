import type { Evaluation } from '../evaluate/evaluation.ts'
import type { Ledger } from '../objective/ledger.ts'
import type { Recipe } from '../recipe/recipe.ts'
import type { LoggedEvent } from '../runs/journal.ts'
import type { Pictures } from './pictures.ts'

/** Where and with what a run was made. */
export interface Environment {
  /** Versions by name: this package, the runtime, the engine. */
  readonly versions: Readonly<Record<string, string>>
  /** Day of the report, as it should be read. */
  readonly date?: string
  /** Processor, operating system. */
  readonly machine?: string
}

/** All that a report is made of. */
export interface ReportInput {
  /** Usually the data set's name; any text. */
  readonly title: string
  readonly recipe: Recipe
  readonly ledger: Ledger
  /** The run's log; engine, threads and time come from it. May be empty. */
  readonly events: readonly LoggedEvent[]
  readonly evaluation: Evaluation
  /** Absent where nothing is held out to be shown. */
  readonly pictures?: Pictures
  /** The run's folder, as it is reached from where the page is made; absent where it is on no disk. */
  readonly place?: string
  /** What to type to get this run again. */
  readonly command: string
  readonly environment: Environment
}
