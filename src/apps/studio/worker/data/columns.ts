import type { Cell, TableSchema, TableStream } from '../../../../inside.ts'
import type { ColumnCard } from '../../protocol.ts'

/** Rows that pictures of columns are drawn of. */
const MOST_ROWS = 2000

/** What each column is taken for and why, and how its cells are spread. */
export async function cardsOf(schema: TableSchema, stream: TableStream): Promise<ColumnCard[]> {
  const { columnCards, plainTable } = await import('../../../../inside.tables.ts')
  const columns = schema.columns.map(({ name }) => name)
  const { rows, order } = await someRows(columns, stream)
  const cards = columnCards(schema, plainTable(schema, { columns, rows }))
  return cards.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

/** Some rows, and the columns as the table has them. */
async function someRows(names: readonly string[], stream: TableStream) {
  const { spreadSample } = await import('../../../../inside.tables.ts')
  const sample = spreadSample<Cell[]>(MOST_ROWS)
  let order: readonly string[] = []
  for await (const { columns, rows, first } of stream.chunks()) {
    order = columns
    const places = names.map((name) => columns.indexOf(name))
    sample.add(
      first,
      rows.map((row) => places.map((place) => row[place] ?? null)),
    )
  }
  return { rows: sample.kept(), order }
}
