import type { Cell } from '../../../data/tables/cell.ts'
import { splitDate, timeOf } from '../../../data/tables/dates.ts'
import { rowDecoder } from '../../../data/tables/encode.ts'
import type { ColumnSchema, KindName, TableSchema } from '../../../data/tables/schema.ts'
import type { CellTable } from '../../../infer/tables/synthesize.ts'
import { type FidelityReport, fidelityOf } from '../../../statistics/fidelity/report.ts'
import type { FidelityTable } from '../../../statistics/fidelity/table.ts'
import type { OpenedTableRun } from './table-run.ts'

const NUMBERS: readonly KindName[] = ['real', 'count', 'datetime']

/** How like the run's rows synthetic ones are, seen against rows that it held out. Errors: `fidelity/rows`, `fidelity/target`. */
export async function fidelityOfRows(
  { run, table: { schema } }: OpenedTableRun,
  synthetic: CellTable,
  options: { readonly target?: string; readonly signal?: AbortSignal } = {},
): Promise<FidelityReport> {
  const { dataset, train, validation, test } = await run.splits()
  const cells = async (indices: Uint32Array) => {
    const { data } = await dataset.read(indices)
    return fidelityTable(schema, {
      columns: synthetic.columns,
      rows: rowDecoder(schema)(data as Float32Array),
    })
  }
  const real = {
    train: await cells(train.indices),
    heldOut: await cells(Uint32Array.of(...validation.indices, ...test.indices)),
  }
  return fidelityOf(real, fidelityTable(schema, synthetic), {
    seed: run.trained.recipe.training.seed,
    ...options,
  })
}

function fidelityTable(schema: TableSchema, { columns, rows }: CellTable): FidelityTable {
  const found = columns.map((name) => schema.columns.find((column) => column.name === name))
  const kinds = found.map((column) => column?.kind ?? 'real')
  return {
    columns: columns.map((name, at) => ({ name, kind: NUMBERS.includes(kinds[at]) ? 'number' : 'level' })),
    rows: rows.map((row) => row.map((cell, at) => plainCell(cell, found[at]))),
  }
}

/** Dates as numbers, levels as texts. */
function plainCell(cell: Cell, column: ColumnSchema | undefined): number | string | null {
  if (cell === null) return null
  if (column?.kind === 'datetime') {
    const date = splitDate(String(cell))
    return (date && timeOf(date, column.format.order)) ?? null
  }
  return column === undefined || NUMBERS.includes(column.kind) ? Number(cell) : String(cell)
}
