/** Tables as models of windows see them: series by series, each in its order. */
import type { TableChunk } from '../../../data/tables/cell.ts'
import type { cellReader, UnreadCell } from '../../../data/tables/encode.ts'
import type { TableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { seriesOf, standingReader } from '../../../data/tables/windows/series.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import { takenRows } from '../taken-rows.ts'
import type { SeriesRows } from './passes.ts'
import type { SeriesScorer } from './series-scores.ts'

/** What a model of windows works on tables with. */
export interface SeriesTables {
  readonly scorer: SeriesScorer
  readonly schema: TableSchema
  readonly windows: Windows
  readonly layout: TableLayout
  /** Names of the modelled columns. */
  readonly columns: readonly string[]
  /** Encodes rows, and tells of cells that count as missing because they cannot be read. */
  encoded(chunk: TableChunk): { readonly rows: Float32Array; readonly unread: readonly UnreadCell[] }
  /** Reads a cell of encoded rows. */
  readonly read: ReturnType<typeof cellReader>
}

/** Does with each series of a table in its order what is to be done, and says when its rows were. */
export async function eachSeries(
  { windows, layout }: Pick<SeriesTables, 'windows' | 'layout'>,
  chunk: TableChunk,
  rows: Float32Array,
  work: (series: SeriesRows, places: Uint32Array, number: number) => Promise<void>,
): Promise<Float64Array> {
  const standing = standingReader(windows)(chunk)
  const series = seriesOf(standing)
  for (let own = 0; own + 1 < series.starts.length; own++) {
    const places = series.rows.subarray(series.starts[own], series.starts[own + 1])
    const elapsed = series.elapsed.subarray(series.starts[own], series.starts[own + 1])
    await work({ rows: takenRows(rows, layout.width, places), elapsed }, places, own)
  }
  return standing.times
}

/** Puts encoded rows of a series where they stand in the table. */
export function putRows(own: Float32Array, all: Float32Array, width: number, places: Uint32Array): void {
  places.forEach((row, at) => {
    all.set(own.subarray(at * width, (at + 1) * width), row * width)
  })
}
