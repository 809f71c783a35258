import { toFloat32 } from '../../../base/arrays.ts'
import { rowDecoder } from '../../../data/tables/encode.ts'
import { spreadEvenly } from '../../../infer/tables/held-out-scores.ts'
import { plainTable } from '../../../infer/tables/plain-table.ts'
import type { CellTable } from '../../../infer/tables/synthesize.ts'
import { type FidelityPageInput, fidelityPage } from '../../../report/fidelity/page.ts'
import { pairedSpread } from '../../../report/pairs/spread.ts'
import { type FidelityReport, fidelityOf, type RealTables } from '../../../statistics/fidelity/report.ts'
import type { FidelityTable } from '../../../statistics/fidelity/table.ts'
import type { OpenedTableRun } from './table-run.ts'

/** Rows of a part that are compared: of more, so many spread evenly. */
const MOST_COMPARED = 100_000

/** @inline */
interface FidelityAsked {
  readonly target?: string
  readonly signal?: AbortSignal
}

/** How like the run's rows synthetic ones are, seen against rows that it held out. Errors: `fidelity/rows`, `fidelity/target`. */
export async function fidelityOfRows(
  run: OpenedTableRun,
  synthetic: CellTable,
  options: FidelityAsked = {},
): Promise<FidelityReport> {
  const { real, made } = await comparedTables(run, synthetic)
  return reportOn(run, real, made, options)
}

/** The same with a page about it. */
export async function fidelityWithPage(
  run: OpenedTableRun,
  synthetic: CellTable,
  said: Pick<FidelityPageInput, 'title' | 'run' | 'rules' | 'command'>,
  options: FidelityAsked = {},
): Promise<{ readonly report: FidelityReport; readonly page: string }> {
  const { real, made } = await comparedTables(run, synthetic)
  const report = await reportOn(run, real, made, options)
  const distance = new Map(report.marginals.columns.map((column) => [column.name, column.distance]))
  const spreads = run.table.schema.columns
    .flatMap((column) => {
      const at = made.columns.findIndex(({ name }) => name === column.name)
      if (at < 0) return []
      const known = [...real.train.rows, ...real.heldOut.rows].map((row) => row[at])
      return pairedSpread(column, [known, made.rows.map((row) => row[at])]) ?? []
    })
    .sort((a, b) => (distance.get(b.column) ?? 0) - (distance.get(a.column) ?? 0))
  return { report, page: fidelityPage({ ...said, report, spreads }) }
}

const reportOn = (
  { run }: OpenedTableRun,
  real: RealTables,
  made: FidelityTable,
  options: FidelityAsked,
): Promise<FidelityReport> => fidelityOf(real, made, { seed: run.trained.recipe.training.seed, ...options })

/** Rows of a run and synthetic ones, as numbers and levels. */
async function comparedTables(
  { run, table: { schema, columns } }: OpenedTableRun,
  synthetic: CellTable,
): Promise<{ readonly real: RealTables; readonly made: FidelityTable }> {
  const { dataset, train, validation, test } = await run.splits()
  const cells = async (all: Uint32Array) => {
    const places = spreadEvenly(all.length, MOST_COMPARED)
    const chosen = places.map((place) => all[place])
    const { ordered } = dataset
    const { data } = ordered
      ? await ordered.rows.read(chosen.map((window) => ordered.series.rows[ordered.places.last[window]]))
      : await dataset.read(chosen)
    return plainTable(schema, { columns, rows: rowDecoder(schema)(toFloat32(data)) })
  }
  const real = {
    train: await cells(train.indices),
    heldOut: await cells(Uint32Array.of(...validation.indices, ...test.indices)),
  }
  // What was given, and when and whose rows are, stands behind what is modelled.
  const made = { columns, rows: synthetic.rows.map((row) => row.slice(0, columns.length)) }
  return { real, made: plainTable(schema, made) }
}
