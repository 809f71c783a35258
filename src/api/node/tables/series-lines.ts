/** Series of a scored table as lines, with the odd stretches of each. */
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import { valueReader } from '../../../data/tables/encode.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { windowsOf } from '../../../data/tables/windows/ordering.ts'
import { seriesOf, standingReader } from '../../../data/tables/windows/series.ts'
import type { WindowsChoice } from '../../../data/tables/windows/windows.ts'
import { type OddStretch, stretchTime } from '../../../infer/tables/odd-stretch.ts'
import type { ScoredRow } from '../../../infer/tables/scored-rows.ts'
import type { Band } from '../../../report/charts/series.ts'
import type { ScoresPageInput, SeriesLines } from '../../../report/scores/input.ts'

/** Series that are drawn, columns of each, and stretches of all that are marked, at most. */
const MOST_SERIES = 4
const MOST_COLUMNS = 12
const MOST_MARKED = 40

export interface ScoredTable {
  readonly chunk: TableChunk
  readonly rows: readonly ScoredRow[]
  readonly schema: TableSchema
  readonly windows: WindowsChoice
}

/** Odd stretches by their rank, from 1: by the score of their oddest row. */
export function rankedStretches(rows: readonly ScoredRow[]): Map<OddStretch, number> {
  const most = new Map<OddStretch, number>()
  for (const { stretch, score } of rows)
    if (stretch) most.set(stretch, Math.max(most.get(stretch) ?? 0, score))
  const ranked = [...most].sort((a, b) => b[1] - a[1])
  return new Map(ranked.map(([stretch], at) => [stretch, at + 1]))
}

/** The oddest series of a table as lines of their columns of numbers. */
export function seriesLines({
  chunk,
  rows,
  schema,
  windows: choice,
}: ScoredTable): NonNullable<ScoresPageInput['series']> {
  const windows = windowsOf(choice)
  const standing = standingReader(windows)(chunk)
  const series = seriesOf(standing)
  const ranks = rankedStretches(rows)
  const all = Array.from({ length: series.starts.length - 1 }, (_, own) => {
    const places = series.rows.subarray(series.starts[own], series.starts[own + 1])
    const best = places.reduce((least, row) => {
      const { stretch } = rows[row]
      return stretch ? Math.min(least, ranks.get(stretch) ?? least) : least
    }, Number.POSITIVE_INFINITY)
    return { places, best }
  })
  const oddest = all.toSorted((a, b) => (a.best === b.best ? 0 : a.best - b.best)).slice(0, MOST_SERIES)
  const shown = oddest.map(({ places }) =>
    linesOf({ chunk, rows, schema, windows }, places, standing.times, ranks),
  )
  return { shown, of: all.length }
}

function linesOf(
  { chunk, rows, schema, windows }: ScoredTable,
  places: Uint32Array,
  times: Float64Array,
  ranks: ReadonlyMap<OddStretch, number>,
): SeriesLines {
  const when = chunk.columns.indexOf(windows.order)
  const group = windows.group === undefined ? -1 : chunk.columns.indexOf(windows.group)
  const order = Array.from(places, (row) => chunk.rows[row][when])
  const bands = bandsOf(
    order,
    Array.from(places, (row) => rows[row].stretch),
    ranks,
  )
  const columns = schema.columns.flatMap((column) => {
    const read = valueReader(column)
    const at = chunk.columns.indexOf(column.name)
    if (!read || at < 0) return []
    const values = Float64Array.from(places, (row) => numberIn(chunk.rows[row][at], read))
    if (values.every(Number.isNaN)) return []
    return [{ name: column.name, values, bands: bands.get(column.name) ?? [] }]
  })
  const best = ({ bands: own }: { readonly bands: readonly Band[] }) =>
    own.reduce((least, { rank }) => Math.min(least, rank), Number.POSITIVE_INFINITY)
  const kept = new Set(
    columns.toSorted((a, b) => (best(a) === best(b) ? 0 : best(a) - best(b))).slice(0, MOST_COLUMNS),
  )
  return {
    ...(group >= 0 && { name: `${windows.group} ${String(chunk.rows[places[0]][group] ?? '–')}` }),
    times: Float64Array.from(places, (row) => times[row]),
    ends: [String(order[0]), String(order[order.length - 1])],
    columns: columns.filter((column) => kept.has(column)),
    left: columns.filter((column) => !kept.has(column)).map(({ name }) => name),
  }
}

const numberIn = (cell: Cell, read: (cell: Cell) => number): number => {
  const value = cell === null ? Number.NaN : read(cell)
  return Number.isFinite(value) ? value : Number.NaN
}

/** Marked stretches of a series by their column. */
function bandsOf(
  order: readonly Cell[],
  stretches: readonly (OddStretch | null | undefined)[],
  ranks: ReadonlyMap<OddStretch, number>,
): Map<string, Band[]> {
  const found = new Map<string, Band[]>()
  const seen = new Set<OddStretch>()
  stretches.forEach((stretch, place) => {
    const rank = stretch ? ranks.get(stretch) : undefined
    if (!stretch || rank === undefined || rank > MOST_MARKED || seen.has(stretch)) return
    seen.add(stretch)
    // Where another column is odder its rows are told of that one.
    let from = place
    while (from > 0 && order[from] !== stretch.from) from--
    const words = `${stretch.what ?? 'odd'}${stretch.rows === 1 ? '' : ','} ${stretchTime(stretch)}`
    const band = { from, to: Math.min(order.length, from + stretch.rows) - 1, rank, words }
    found.set(stretch.column, [...(found.get(stretch.column) ?? []), band])
  })
  return found
}
