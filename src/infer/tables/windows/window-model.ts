/** A model of windows over a table's ordered rows, asked as a model of rows is: a chunk is all rows that are known. */
import type { TableChunk } from '../../../data/tables/cell.ts'
import { cellReader, type UnreadCell, watchedEncoder } from '../../../data/tables/encode.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { windowsOf } from '../../../data/tables/windows/ordering.ts'
import type { WindowsChoice } from '../../../data/tables/windows/windows.ts'
import type { Engine } from '../../../engine/engine.ts'
import type { ModelParts } from '../../model-parts.ts'
import type { ChunkModel, ChunkModelOptions } from '../chunk-model.ts'
import { SCORE_DRAWS } from '../score-draws.ts'
import { seriesFiller } from './fill-series.ts'
import { imputeSeries } from './impute-series.ts'
import { liveScorer } from './live.ts'
import { type LiveJudge, openLiveJudge } from './live-judge.ts'
import { refuseRows } from './refuse-rows.ts'
import { scoreSeries } from './score-series.ts'
import { openSeriesScorer } from './series-scores.ts'
import type { SeriesTables } from './series-table.ts'
import { synthesizeSeries } from './synthesize-series.ts'

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
  const columns = layout.columns.map(({ name }) => name)
  const encoded = tellingEncoder(schema, options)
  const read = cellReader(schema)
  const scorer = await openSeriesScorer(engine, parts, schema, windows)
  const tables: SeriesTables = { scorer, schema, windows, layout, columns, encoded, read }
  const filler = seriesFiller(scorer, parts, schema, windows)
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
    score: (chunk, { draws = options.draws ?? SCORE_DRAWS, signal } = {}) =>
      scoreSeries(tables, chunk, { draws, signal }),
    impute: (chunk, asked = {}) => imputeSeries(tables, filler, chunk, asked),
    synthesize: (count, asked = {}) => synthesizeSeries(tables, parts, filler, count, asked),
    [Symbol.dispose]() {
      scorer[Symbol.dispose]()
      void judge?.then((own) => own[Symbol.dispose]())
    },
  }
}

/** Encodes rows, and tells with them of the cells that count as missing because they cannot be read. */
function tellingEncoder(schema: TableSchema, options: ChunkModelOptions): SeriesTables['encoded'] {
  let unread: UnreadCell[] = []
  const encode = watchedEncoder(schema, { ...options, onUnread: (cell) => unread.push(cell) })
  return (chunk: TableChunk) => {
    unread = []
    return { rows: encode(chunk), unread }
  }
}
