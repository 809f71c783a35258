import { basename } from 'node:path'
import { valueReader } from '../../../data/tables/encode.ts'
import { withoutPassword } from '../../../data/tables/node/databases/postgres-url.ts'
import { type ColumnSchema, kindOf, type TableSchema } from '../../../data/tables/schema.ts'
import { spreadEvenly } from '../../../infer/tables/held-out-scores.ts'
import { driftPage } from '../../../report/drift/page.ts'
import { type PairedSpread, type PlainCell, pairedSpread } from '../../../report/pairs/spread.ts'
import type { DriftColumn } from '../../../statistics/anomaly/drift/drift.ts'
import { type TableDrift, type TableDriftOptions, tableDrift } from './drift.ts'

/** Cells of a side that a picture is drawn of, and columns that are drawn. */
const MOST_CELLS = 5000
const MOST_DRAWN = 60
const LEVEL = 0.05

/** What has moved from one table to another, and a page about it. Errors: those of `tableDrift`. */
export async function tableDriftPage(
  reference: string,
  current: string,
  {
    command,
    again,
    remarksOf,
    ...options
  }: TableDriftOptions & {
    readonly command: string
    /** What trains on the new table. */
    readonly again: string
    /** What else is told of the new table. */
    readonly remarksOf: (drift: TableDrift) => readonly string[]
  },
): Promise<{ readonly drift: TableDrift; readonly page: string }> {
  let pictures: (column: string) => PairedSpread | undefined = () => undefined
  const drift = await tableDrift(reference, current, {
    ...options,
    onSides: (schema, columns) => {
      pictures = (name) => spreadOf(schema, columns, name)
    },
  })
  const page = driftPage({
    ...drift,
    names: [basename(withoutPassword(reference)), basename(withoutPassword(current))],
    level: options.level ?? LEVEL,
    spreads: drift.columns.slice(0, MOST_DRAWN).flatMap(({ column }) => pictures(column) ?? []),
    mostCells: MOST_CELLS,
    remarks: remarksOf(drift),
    again,
    command,
  })
  return { drift, page }
}

function spreadOf(
  { columns }: TableSchema,
  sides: readonly DriftColumn[],
  name: string,
): PairedSpread | undefined {
  const column = columns.find((one) => one.name === name)
  const side = sides.find((one) => one.name === name)
  if (!column || !side) return undefined
  if (side.kind === 'level')
    return pairedSpread(column, [some(side.reference).map(textOrNull), some(side.current).map(textOrNull)])
  const plain = plainReader(column)
  return pairedSpread(column, [some(side.reference).map(plain), some(side.current).map(plain)])
}

const textOrNull = (cell: unknown): PlainCell => (cell === null ? null : String(cell))

/** Cells spread evenly over a side. */
const some = <Value>(all: ArrayLike<Value>): Value[] =>
  Array.from(spreadEvenly(all.length, MOST_CELLS), (place) => all[place])

/** Numbers as the table has them: tests of ranks are given them as the model's are. */
function plainReader(column: ColumnSchema): (value: number) => PlainCell {
  const encoding = column.kind === 'own' ? undefined : kindOf(column).encoding
  const numberIn = valueReader(column)
  if (!encoding || !numberIn) return (value) => (Number.isNaN(value) ? null : value)
  const read = encoding.read(column as never, { plain: true })
  return (value) => {
    if (Number.isNaN(value)) return null
    const number = numberIn(read(Float64Array.of(value), 0))
    return Number.isNaN(number) ? null : number
  }
}
