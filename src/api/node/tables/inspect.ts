import { inFile } from '../../../data/in-file.ts'
import type { Cell } from '../../../data/tables/cell.ts'
import { type InferOptions, type InspectedTable, inspectTable } from '../../../data/tables/infer-schema.ts'
import { openTable } from '../../../data/tables/node/open-table.ts'
import type { TableReading } from '../../../data/tables/readers/reader.ts'
import { kindOf } from '../../../data/tables/schema.ts'
import type { TableStream } from '../../../data/tables/stream.ts'
import { plainTable } from '../../../infer/tables/plain-table.ts'
import { columnCards } from '../../../report/columns/cards.ts'
import type { ColumnEntry, ColumnsPageInput, Pair } from '../../../report/columns/input.ts'
import { columnsPage } from '../../../report/columns/page.ts'
import { associationMatrix } from '../../../statistics/fidelity/dependence.ts'
import { readTables } from '../../../statistics/fidelity/read-tables.ts'
import type { FidelityTable } from '../../../statistics/fidelity/table.ts'

/** Rows and columns that pictures are drawn of. */
const MOST_ROWS = 5000
const MOST_PAIRED = 60
const MOST_GAP_ROWS = 300
const MOST_PAIRS = 15
const LEAST_STRENGTH = 0.05

/** The option that says another kind of a column, as people type it. */
export const kindOption = (column: string, kind: string): string =>
  `--kind ${/^[\w.-]+$/.test(column) ? `${column}=${kind}` : `'${column}=${kind}'`}`

/** A page about a table: what its columns are, how they are spread, what is missing, what depends on what. */
export async function inspectionPage(
  source: string,
  { reading, ...options }: InferOptions & { readonly reading?: TableReading },
  command: string,
): Promise<string> {
  const stream = await openTable(source, reading)
  const inspected = await inFile(stream.file ?? source, () => inspectTable(stream.chunks(), options))
  const sample = await spreadRows(stream, inspected)
  const input = pageInput(inspected, sample)
  return columnsPage({
    ...input,
    title: stream.name,
    command,
    pairs: await strongestPairs(inspected, sample),
  })
}

/** Rows spread evenly over a table, as numbers and levels. */
async function spreadRows(stream: TableStream, { schema, rows }: InspectedTable): Promise<FidelityTable> {
  const names = schema.columns.map(({ name }) => name)
  const kept: Cell[][] = []
  const due = (row: number) => Math.floor((row * MOST_ROWS) / Math.max(rows, MOST_ROWS))
  for await (const { columns, rows: cells, first } of stream.chunks()) {
    const places = names.map((name) => columns.indexOf(name))
    for (const [index, row] of cells.entries())
      if (first + index === 0 || due(first + index) !== due(first + index - 1))
        kept.push(places.map((place) => row[place]))
  }
  return plainTable(schema, { columns: names, rows: kept })
}

function pageInput(
  { schema, alternatives, rows }: InspectedTable,
  sample: FidelityTable,
): Omit<ColumnsPageInput, 'title' | 'command' | 'pairs'> {
  const columns = columnCards(schema, sample).map(
    (card): ColumnEntry => ({
      ...card,
      alternatives: (alternatives.get(card.name) ?? []).map(({ kind, why }) => ({
        option: kindOption(card.name, kind),
        why,
      })),
    }),
  )
  return { rows, sampled: sample.rows.length, columns, gaps: gapsOf(columns, sample) }
}

function gapsOf(entries: readonly ColumnEntry[], { rows }: FidelityTable): ColumnsPageInput['gaps'] {
  const places = entries.flatMap(({ missing }, at) => (missing > 0 ? [at] : []))
  const every = Math.max(1, Math.ceil(rows.length / MOST_GAP_ROWS))
  return {
    columns: places.map((at) => entries[at].name),
    rows: Array.from({ length: Math.ceil(rows.length / every) }, (_, group) => {
      const some = rows.slice(group * every, (group + 1) * every)
      return places.map((at) => some.some((row) => row[at] === null))
    }),
  }
}

/** Pairs of modelled columns that depend on each other most, of the first sixty. */
async function strongestPairs({ schema }: InspectedTable, { columns, rows }: FidelityTable): Promise<Pair[]> {
  const places = schema.columns
    .flatMap((column, at) => (kindOf(column).encoding === undefined ? [] : [at]))
    .slice(0, MOST_PAIRED)
  const [table] = readTables([
    { columns: places.map((at) => columns[at]), rows: rows.map((row) => places.map((at) => row[at])) },
  ])
  const matrix = await associationMatrix(table)
  return table.columns
    .flatMap(({ name: second }, a) =>
      table.columns
        .slice(0, a)
        .map(({ name: first }, b): Pair => ({ first, second, strength: matrix[a][b] })),
    )
    .filter(({ strength }) => strength >= LEAST_STRENGTH)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MOST_PAIRS)
}
