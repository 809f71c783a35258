import type { Cell, TableSchema, TableStream } from '../../../../inside.ts'
import type { ColumnCard } from '../../protocol.ts'

/** Rows that pictures of columns are drawn of. */
const MOST = 2000

/** What each column is taken for and why, and how its cells are spread. */
export async function cardsOf(schema: TableSchema, stream: TableStream): Promise<ColumnCard[]> {
  const { columnCards, plainTable } = await import('../../../../inside.tables.ts')
  const columns = schema.columns.map(({ name }) => name)
  return columnCards(schema, plainTable(schema, { columns, rows: await someRows(columns, stream) }))
}

async function someRows(names: readonly string[], stream: TableStream): Promise<readonly Cell[][]> {
  const { spreadSample } = await import('../../../../inside.tables.ts')
  const sample = spreadSample<Cell[]>(MOST)
  for await (const { columns, rows, first } of stream.chunks()) {
    const places = names.map((name) => columns.indexOf(name))
    sample.add(
      first,
      rows.map((row) => places.map((place) => row[place] ?? null)),
    )
  }
  return sample.kept()
}
