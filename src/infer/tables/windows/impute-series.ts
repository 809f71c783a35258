/** Gaps of ordered rows filled from both sides, and rows ahead of them. */
import type { TableChunk } from '../../../data/tables/cell.ts'
import { rowDecoder } from '../../../data/tables/encode.ts'
import { rowsAhead } from '../../../data/tables/windows/rows-ahead.ts'
import { checkCount, checkShare } from '../../arguments.ts'
import type { ImputedRows, ImputeOptions } from '../chunk-model.ts'
import { intervalCells } from '../intervals.ts'
import { SCORE_DRAWS } from '../score-draws.ts'
import type { SeriesFiller } from './fill-series.ts'
import { eachSeries, putRows, type SeriesTables } from './series-table.ts'

export async function imputeSeries(
  tables: SeriesTables,
  filler: SeriesFiller,
  given: TableChunk,
  { samples = 0, draws = SCORE_DRAWS, interval, ahead, signal }: ImputeOptions,
): Promise<ImputedRows> {
  const { windows, layout, columns, schema, read } = tables
  const chunk =
    ahead === undefined
      ? given
      : rowsAhead(given, windows, { count: checkCount(ahead, 'ahead'), modelled: columns })
  const { rows, unread } = tables.encoded(chunk)
  const share = interval === undefined ? undefined : checkShare(interval)
  const mean = rows.slice()
  const drawn = Array.from({ length: samples }, () => rows.slice())
  const ends = share === undefined ? undefined : { low: rows.slice(), high: rows.slice() }
  await eachSeries(tables, chunk, rows, async (series, places, number) => {
    signal?.throwIfAborted()
    const own = await filler.fill(series, { draws, samples, share, number, signal })
    const put = (from: Float32Array, to: Float32Array) => putRows(from, to, layout.width, places)
    put(own.mean, mean)
    for (const [at, sample] of own.samples.entries()) put(sample, drawn[at])
    if (ends && own.intervals) {
      put(own.intervals.low, ends.low)
      put(own.intervals.high, ends.high)
    }
  })
  const decode = rowDecoder(schema)
  const known = decode(rows)
  const withKnown = (all: Float32Array) =>
    decode(all).map((row, at) => row.map((cell, column) => known[at][column] ?? cell))
  return {
    rows: withKnown(mean),
    samples: drawn.map(withKnown),
    unread,
    ...(ends && { intervals: intervalCells(ends, rows, layout, read) }),
    ...(ahead !== undefined && { chunk }),
  }
}
