import { toFloat32 } from '../../../base/arrays.ts'
import { rowDecoder } from '../../../data/tables/encode.ts'
import { spreadEvenly } from '../../../infer/tables/held-out-scores.ts'
import { plainTable } from '../../../infer/tables/plain-table.ts'
import type { CellTable } from '../../../infer/tables/synthesize.ts'
import { type FidelityReport, fidelityOf } from '../../../statistics/fidelity/report.ts'
import type { OpenedTableRun } from './table-run.ts'

/** Rows of a part that are compared: of more, so many spread evenly. */
const MOST_COMPARED = 100_000

/** How like the run's rows synthetic ones are, seen against rows that it held out. Errors: `fidelity/rows`, `fidelity/target`. */
export async function fidelityOfRows(
  { run, table: { schema } }: OpenedTableRun,
  synthetic: CellTable,
  options: { readonly target?: string; readonly signal?: AbortSignal } = {},
): Promise<FidelityReport> {
  const { dataset, train, validation, test } = await run.splits()
  const cells = async (all: Uint32Array) => {
    const places = spreadEvenly(all.length, MOST_COMPARED)
    const { data } = await dataset.read(places.map((place) => all[place]))
    return plainTable(schema, { columns: synthetic.columns, rows: rowDecoder(schema)(toFloat32(data)) })
  }
  const real = {
    train: await cells(train.indices),
    heldOut: await cells(Uint32Array.of(...validation.indices, ...test.indices)),
  }
  return fidelityOf(real, plainTable(schema, synthetic), {
    seed: run.trained.recipe.training.seed,
    ...options,
  })
}
