/** A model of windows over a table's ordered rows, asked as a model of rows is: a chunk is all rows that are known. */
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import { cellReader, rowDecoder, type UnreadCell, watchedEncoder } from '../../../data/tables/encode.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { seriesOf, standingReader } from '../../../data/tables/windows/series.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { Engine } from '../../../engine/engine.ts'
import type { ModelParts } from '../../model-parts.ts'
import type { ChunkModel, ChunkModelOptions } from '../chunk-model.ts'
import { SCORE_DRAWS } from '../score-draws.ts'
import { liveScorer } from './live.ts'
import { type LiveJudge, type LiveScores, openLiveJudge, unsaid } from './live-judge.ts'
import { refuseRows } from './refuse-rows.ts'
import { openSeriesScorer, type SeriesScorer } from './series-scores.ts'

/** Opens a model of windows. Errors of its methods: `table/windows` for what is made of single rows, and those of `rowEncoder`. */
export async function openWindowModel(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  windows: Windows,
  options: ChunkModelOptions,
): Promise<ChunkModel> {
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
  const scored = async (chunk: TableChunk, rows: Float32Array, draws: number, signal?: AbortSignal) => {
    const { times, groups } = standingReader(windows)(chunk)
    const series = seriesOf({ times, groups })
    const found = unsaid(times.length, layout)
    for (let own = 0; own + 1 < series.starts.length; own++) {
      signal?.throwIfAborted()
      const places = series.rows.subarray(series.starts[own], series.starts[own + 1])
      const elapsed = series.elapsed.subarray(series.starts[own], series.starts[own + 1])
      const said = await scorer.score(
        { rows: takenRows(rows, layout.width, places), elapsed },
        { draws, signal },
      )
      putBack(found, said, places, layout)
    }
    return found
  }
  let judge: Promise<LiveJudge> | undefined
  return {
    schema,
    async live(held) {
      judge ??= openLiveJudge(engine, parts, schema, windows)
      const about = { windows, condition: parts.spec.condition, draws: options.draws }
      return liveScorer({ judge: await judge, ...about, encode: encoded, read }, held)
    },
    columns: layout.columns.map(({ name }) => name),
    encode: (chunk) => encoded(chunk).rows,
    scoreEncoded: () => refuseRows('scoring encoded rows one by one'),
    scoreBy: () => refuseRows('scoring encoded rows one by one'),
    async score(chunk, { draws = options.draws ?? SCORE_DRAWS, signal } = {}) {
      const { rows, unread } = encoded(chunk)
      const found = await scored(chunk, rows, draws, signal)
      const expected = (row: number, column: number): Cell => read(found.center, row * layout.width, column)
      return { ...found, unread, expected }
    },
    async impute(chunk, { samples = 0, draws = SCORE_DRAWS, signal } = {}) {
      if (samples > 0) refuseRows('drawing what is missing')
      const { rows, unread } = encoded(chunk)
      const { center } = await scored(chunk, rows, draws, signal)
      const known = decode(rows)
      const filled = decode(center).map((row, at) => row.map((cell, column) => known[at][column] ?? cell))
      return { rows: filled, samples: [], unread }
    },
    synthesize: () => refuseRows('making new rows'),
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
