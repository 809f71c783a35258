import type { Evaluation } from '../evaluate/evaluation.ts'
import type { CallOptions, Model } from '../infer/model.ts'
import { explain } from '../objective/ledger.ts'
import type { Trained } from '../recipe/trained.ts'
import type { LoggedEvent } from '../runs/journal.ts'
import { gather, type HeldOut } from './gather.ts'
import type { Environment } from './input.ts'
import { reportPage } from './page.ts'

/** A run's parts, from which its report is made. */
export interface ReportRequest {
  readonly trained: Omit<Trained, 'values'>
  readonly model: Model
  readonly events: readonly LoggedEvent[]
  readonly evaluation: Evaluation
  /** Rows that `evaluation` judged, or enough of them to show; absent, no pictures are made. */
  readonly heldOut?: Omit<HeldOut, 'dtype' | 'columns' | 'table'>
  /** The run's folder, where it has one. */
  readonly place?: string
  readonly command: string
  readonly environment: Environment
}

/** Lets the model make its pictures and writes the report: one HTML document. */
export async function buildReport(
  { trained, model, evaluation, heldOut, ...rest }: ReportRequest,
  options: CallOptions = {},
): Promise<string> {
  const { recipe, example, data } = trained
  const { dtype } = example
  const { table } = recipe.data
  return reportPage({
    ...rest,
    title: data.name,
    recipe,
    evaluation,
    ledger: explain(recipe.objective, recipe.model, example, data.trainCount),
    ...(heldOut
      ? {
          pictures: await gather(
            model,
            { ...heldOut, dtype, columns: data.columns, ...(table && { table }) },
            evaluation,
            options,
          ),
        }
      : {}),
  })
}
