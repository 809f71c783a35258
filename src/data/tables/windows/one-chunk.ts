import type { Cell, TableChunk, WholeRows } from '../cell.ts'

/** All rows of a table as one chunk, since what is said of one needs those around it; of none there is no chunk. */
export async function* oneChunk(chunks: AsyncIterable<TableChunk>): AsyncGenerator<TableChunk> {
  let first: TableChunk | undefined
  const rows: (readonly Cell[])[] = []
  const lines: number[] = []
  const wholes: WholeRows[] = []
  for await (const chunk of chunks) {
    first ??= chunk
    for (const row of chunk.rows) rows.push(row)
    for (const line of chunk.lines ?? []) lines.push(line)
    if (chunk.whole) wholes.push(chunk.whole)
  }
  if (!first) return
  const { columns, unread, notes, types } = first
  yield {
    ...{ columns, first: first.first, rows },
    ...(lines.length === rows.length && { lines }),
    ...(unread && { unread }),
    ...(notes && { notes }),
    ...(types && { types }),
    ...(wholes.length > 0 && { whole: joinedWhole(wholes) }),
  }
}

function joinedWhole(wholes: readonly WholeRows[]): WholeRows {
  const [first] = wholes
  return {
    ...first,
    columns: first.columns.map((column, at) => ({
      ...column,
      ...(column.values && { values: wholes.flatMap(({ columns }) => columns[at].values ?? []) }),
    })),
    ...(first.records && { records: wholes.flatMap(({ records = [] }) => records) }),
  }
}
