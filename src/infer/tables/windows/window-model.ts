/** A model of windows over a table's ordered rows, asked as a model of rows is: a chunk is all rows that are known. */
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import {
  cellReader,
  rowDecoder,
  rowEncoder,
  type UnreadCell,
  watchedEncoder,
} from '../../../data/tables/encode.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { newGroups, newTimes } from '../../../data/tables/windows/new-series.ts'
import { orderingColumns, windowsOf } from '../../../data/tables/windows/ordering.ts'
import { rowsAhead } from '../../../data/tables/windows/rows-ahead.ts'
import { seriesOf, standingReader } from '../../../data/tables/windows/series.ts'
import type { WindowsChoice } from '../../../data/tables/windows/windows.ts'
import type { Engine } from '../../../engine/engine.ts'
import { checkCount, checkShare } from '../../arguments.ts'
import type { ModelParts } from '../../model-parts.ts'
import type { ChunkModel, ChunkModelOptions } from '../chunk-model.ts'
import { intervalCells } from '../intervals.ts'
import { SCORE_DRAWS } from '../score-draws.ts'
import { seriesFiller } from './fill-series.ts'
import { SERIES } from './kept.ts'
import { liveScorer } from './live.ts'
import { type LiveJudge, type LiveScores, openLiveJudge, unsaid } from './live-judge.ts'
import type { SeriesRows } from './passes.ts'
import { refuseRows, refuseSeries } from './refuse-rows.ts'
import { openSeriesScorer, type SeriesScorer } from './series-scores.ts'
import { type JudgedPlaces, type StretchTable, stretchFinder } from './stretches.ts'

/** Opens a model of windows. Errors of its methods: `table/windows` for what is made of single rows, and those of `rowEncoder`. */
export async function openWindowModel(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  choice: WindowsChoice,
  options: ChunkModelOptions,
): Promise<ChunkModel> {
  const windows = windowsOf(choice)
  const layout = tableLayout(schema)
  const scorer = await openSeriesScorer(engine, parts, schema, windows)
  let unread: UnreadCell[] = []
  const encode = watchedEncoder(schema, { ...options, onUnread: (cell) => unread.push(cell) })
  const encoded = (chunk: TableChunk) => {
    unread = []
    return { rows: encode(chunk), unread }
  }
  const read = cellReader(schema)
  const decode = rowDecoder(schema)
  const decodeMade = rowDecoder(schema, { clip: true })
  const columns = layout.columns.map(({ name }) => name)
  const filler = seriesFiller(scorer, parts, schema, windows)
  /** Does with each series in its order what is to be done, and where its rows stand. */
  const eachSeries = async (
    chunk: TableChunk,
    rows: Float32Array,
    work: (series: SeriesRows, places: Uint32Array, number: number) => Promise<void>,
  ): Promise<Float64Array> => {
    const standing = standingReader(windows)(chunk)
    const series = seriesOf(standing)
    for (let own = 0; own + 1 < series.starts.length; own++) {
      const places = series.rows.subarray(series.starts[own], series.starts[own + 1])
      const elapsed = series.elapsed.subarray(series.starts[own], series.starts[own + 1])
      await work({ rows: takenRows(rows, layout.width, places), elapsed }, places, own)
    }
    return standing.times
  }
  const scored = async (chunk: TableChunk, rows: Float32Array, draws: number, signal?: AbortSignal) => {
    const found = unsaid(rows.length / layout.width, layout)
    const all: JudgedPlaces[] = []
    const times = await eachSeries(chunk, rows, async (series, places) => {
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
    return { ...found, stretches: () => stretchFinder(table, all) }
  }
  let judge: Promise<LiveJudge> | undefined
  return {
    schema,
    async live(held) {
      judge ??= openLiveJudge(engine, parts, schema, windows)
      const about = { windows, condition: parts.spec.condition, draws: options.draws }
      return liveScorer({ judge: await judge, ...about, encode: encoded, read }, held)
    },
    columns,
    encode: (chunk) => encoded(chunk).rows,
    scoreEncoded: () => refuseRows('scoring encoded rows one by one'),
    scoreBy: () => refuseRows('scoring encoded rows one by one'),
    async score(chunk, { draws = options.draws ?? SCORE_DRAWS, signal } = {}) {
      const { rows, unread } = encoded(chunk)
      const found = await scored(chunk, rows, draws, signal)
      const expected = (row: number, column: number): Cell => read(found.center, row * layout.width, column)
      return { ...found, unread, expected }
    },
    async impute(chunk, { samples = 0, draws = SCORE_DRAWS, interval, ahead, signal } = {}) {
      const whole =
        ahead === undefined
          ? chunk
          : rowsAhead(chunk, windows, { count: checkCount(ahead, 'ahead'), modelled: columns })
      const { rows, unread } = encoded(whole)
      const share = interval === undefined ? undefined : checkShare(interval)
      const filled = { mean: rows.slice(), samples: Array.from({ length: samples }, () => rows.slice()) }
      const ends = share === undefined ? undefined : { low: rows.slice(), high: rows.slice() }
      await eachSeries(whole, rows, async (series, places, number) => {
        signal?.throwIfAborted()
        const own = await filler.fill(series, { draws, samples, share, number, signal })
        putRows(own.mean, filled.mean, layout.width, places)
        own.samples.forEach((sample, at) => {
          putRows(sample, filled.samples[at], layout.width, places)
        })
        if (ends && own.intervals) {
          putRows(own.intervals.low, ends.low, layout.width, places)
          putRows(own.intervals.high, ends.high, layout.width, places)
        }
      })
      const known = decode(rows)
      const withKnown = (all: Float32Array) =>
        decode(all).map((row, at) => row.map((cell, column) => known[at][column] ?? cell))
      return {
        rows: withKnown(filled.mean),
        samples: filled.samples.map(withKnown),
        unread,
        ...(ends && { intervals: intervalCells(ends, rows, layout, read) }),
        ...(ahead !== undefined && { chunk: whole }),
      }
    },
    async synthesize(count, { series = 1, seed = 0, signal, ...asked } = {}) {
      const { where, rules, unique, from } = asked
      for (const one of [where, rules, unique, from])
        if (one !== undefined) refuseRows('conditions, rules, and where codes come from')
      const { order, group } = windows
      const pace = parts.values[SERIES.pace].data
      const groups = newGroups(windows, checkCount(series, 'series'), seed)
      if (series > 1 && group === undefined) refuseSeries(series)
      const rows: Cell[][] = []
      for (const [number, name] of groups.entries()) {
        const { cells, elapsed } = newTimes(windows, { pace, rows: count, seed, number })
        const made = await filler.make(elapsed, { draws: SCORE_DRAWS, number, seed, signal })
        const own = decodeMade(made)
        for (const [at, time] of cells.entries())
          rows.push([...own[at], time, ...(group === undefined || group === order ? [] : [name])])
      }
      return { columns: [...columns, ...orderingColumns(windows)], rows }
    },
    [Symbol.dispose]() {
      scorer[Symbol.dispose]()
      void judge?.then((own) => own[Symbol.dispose]())
    },
  }
}

function takenRows(rows: Float32Array, width: number, places: Uint32Array): Float32Array {
  const own = new Float32Array(places.length * width)
  places.forEach((row, at) => {
    own.set(rows.subarray(row * width, (row + 1) * width), at * width)
  })
  return own
}

/** Puts encoded rows of a series where they stand in the table. */
function putRows(own: Float32Array, all: Float32Array, width: number, places: Uint32Array): void {
  places.forEach((row, at) => {
    all.set(own.subarray(at * width, (at + 1) * width), row * width)
  })
}

/** Puts what is said of a series where its rows stand in the table. */
function putBack(
  found: LiveScores,
  said: Awaited<ReturnType<SeriesScorer['score']>>,
  places: Uint32Array,
  { width, values, columns }: ReturnType<typeof tableLayout>,
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
