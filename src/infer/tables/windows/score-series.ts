/** Scores of a table's rows by all windows that hold them, and the odd stretches that they are in. */
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import { rowEncoder } from '../../../data/tables/encode.ts'
import type { TableLayout } from '../../../data/tables/layout.ts'
import type { RowScores } from '../chunk-model.ts'
import { type LiveScores, unsaid } from './live-judge.ts'
import type { SeriesScorer } from './series-scores.ts'
import { eachSeries, type SeriesTables } from './series-table.ts'
import { type JudgedPlaces, type StretchTable, stretchFinder } from './stretches.ts'

export async function scoreSeries(
  tables: SeriesTables,
  chunk: TableChunk,
  { draws, signal }: { readonly draws: number; readonly signal?: AbortSignal | undefined },
): Promise<RowScores> {
  const { scorer, schema, windows, layout, read } = tables
  const { rows, unread } = tables.encoded(chunk)
  const found = unsaid(rows.length / layout.width, layout)
  const all: JudgedPlaces[] = []
  const times = await eachSeries(tables, chunk, rows, async (series, places) => {
    signal?.throwIfAborted()
    const said = await scorer.score(series, { draws, signal })
    putBack(found, said, places, layout)
    all.push({ said, places })
  })
  const table: StretchTable = {
    ...{ scorer, schema, windows, chunk, times },
    encode: rowEncoder(schema, { unseen: 'missing' }),
    read: (row, column) => read(row, 0, column),
  }
  const expected = (row: number, column: number): Cell => read(found.center, row * layout.width, column)
  return { ...found, stretches: () => stretchFinder(table, all), unread, expected }
}

/** Puts what is said of a series where its rows stand in the table. */
function putBack(
  found: LiveScores,
  said: Awaited<ReturnType<SeriesScorer['score']>>,
  places: Uint32Array,
  { width, values, columns }: TableLayout,
): void {
  const count = columns.length
  places.forEach((row, at) => {
    found.score[row] = said.score[at]
    found.kl[row] = said.kl[at]
    for (let column = 0; column < count; column++) {
      const [from, to] = [at * count + column, row * count + column]
      found.cells[to] = said.cells[from]
      found.alone[to] = said.alone[from]
      found.shares[to] = said.shares[from]
      found.reconstruction[row] += said.cells[from]
    }
    found.center.set(said.center.subarray(at * width, at * width + values), row * width)
  })
}
