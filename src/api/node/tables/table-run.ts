import { toFloat32 } from '../../../base/arrays.ts'
import { BetavaeError } from '../../../base/errors.ts'
import { registered } from '../../../base/parts.ts'
import type { Dataset } from '../../../data/dataset.ts'
import type { TableChunk } from '../../../data/tables/cell.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import { type OpenTableOptions, openTable } from '../../../data/tables/node/open-table.ts'
import type { TableReading } from '../../../data/tables/readers/reader.ts'
import type { TableStream } from '../../../data/tables/stream.ts'
import { oneChunk } from '../../../data/tables/windows/one-chunk.ts'
import type { ChunkModel, LiveScorer } from '../../../infer/tables/chunk-model.ts'
import { MOST_HELD_OUT, spreadEvenly } from '../../../infer/tables/held-out-scores.ts'
import { joinedExamples } from '../../../infer/tables/joined-rows.ts'
import { openModelOfTable } from '../../../infer/tables/open-model-of-table.ts'
import type { ScoredChunk } from '../../../infer/tables/scoring-stream.ts'
import { keptCalibration } from '../../../infer/tables/usual.ts'
import type { WithParts } from '../../../recipe/bring.ts'
import { modelParts } from '../../../recipe/trained.ts'
import { type Calibration, calibrationOf } from '../../../statistics/anomaly/conformal.ts'
import { DETECTORS } from '../../../statistics/anomaly/detectors/index.ts'
import { notATable } from '../../open-table-model.ts'
import { type OpenedRun, openRunModel } from '../opened-run.ts'
import { tableThread } from '../thread/model-threads.ts'
import { scoredChunks, scoredInTurn } from './scored-chunks.ts'

/** Training rows that a baseline learns from at most. */
const MOST_LEARNED = 5000

/** Rows that a model looks at together: of more, so many texts outlive the young that collecting them takes longer. */
const TOGETHER = 1024

/** How a run of a table is opened. */
export interface TableRunOptions extends WithParts {
  /** What becomes of a level that training never saw; default: an error. */
  readonly unseen?: 'error' | 'missing'
  /** Draws of the code that a score is averaged over. */
  readonly draws?: number
}

/** How a table is read that a run is to look at. @inline */
export type RunReading = TableReading & Pick<OpenTableOptions, 'keepsWhole'>

/** A run that was trained on a table, at work on rows of cells. */
export interface OpenedTableRun extends Disposable {
  readonly run: OpenedRun
  readonly table: ChunkModel
  /** A table whose columns may be those of the run's: where it does not say how it is written, as the run's was. */
  open(source: string, reading?: RunReading): Promise<TableStream>
  /** The rows of a table, a chunk at a time; where each is known by those around it, as one. @internal */
  together(stream: TableStream): AsyncIterable<TableChunk>
  /**
   * Scores the rows of a table a chunk at a time; of a large one in two threads, to the same bits. With `live` each is
   * scored by those of its series before it. @internal
   */
  scored(stream: TableStream, signal: AbortSignal, live?: LiveScorer): AsyncGenerator<ScoredChunk>
  /** The first rows of the table that the run was trained on, and what they are there; undefined where it is gone. */
  origin(): Promise<TableChunk | undefined>
  /** Scores of rows that the run held out, to tell what is usual; undefined where it held none out. Of windows there are others where rows are scored as they come. */
  calibration(isLive?: boolean): Promise<Calibration | undefined>
  /** Scores of encoded rows [n × width] by each detector that needs no training of ours, fitted to the run's training rows. */
  baselines(rows: Float32Array): Promise<Readonly<Record<string, Float64Array>>>
}

/**
 * Opens a run that was trained on a table. Errors: `table/not-a-table`, and those of `openRunModel`.
 *
 * @example
 * ```ts
 * import { openTableRun, trainRun } from 'betavae/runs'
 *
 * await trainRun({ data: { source: 'readings.csv' }, training: { steps: 50 } }, { out: 'runs/table' })
 * using opened = await openTableRun('runs/table')
 * for await (const chunk of (await opened.open('new.csv')).chunks())
 *   console.log((await opened.table.score(chunk)).score.length)
 * ```
 */
export async function openTableRun(path: string, options: TableRunOptions = {}): Promise<OpenedTableRun> {
  const run = await openRunModel(path, options)
  const { table: schema, given, windows, separator, header, encoding } = run.trained.recipe.data
  if (!schema) {
    run.dispose()
    return notATable(`run "${path}"`)
  }
  const parts = modelParts(run.trained)
  const table = await openModelOfTable(run.engine, parts, schema, { ...options, given, windows })
  const thread = () => {
    const { unseen, draws } = options
    return tableThread(parts, schema, { unseen, draws, given, engine: { name: run.engine.name, threads: 1 } })
  }
  const together = ({ chunks }: TableStream) => (windows ? oneChunk(chunks()) : chunks())
  return {
    run,
    table,
    together,
    open: (source, reading = {}) =>
      openTable(source, {
        chunkRows: TOGETHER,
        ...reading,
        known: table.columns,
        usual: { separator, header, encoding },
      }),
    // Rows that are piped in must not wait for others.
    scored: (stream, signal, live) =>
      live
        ? scoredInTurn(live, stream.chunks(), signal)
        : scoredChunks(table, together(stream), {
            signal,
            ...(stream.canRestart && !windows && run.engine.name === 'native' && { thread }),
          }),
    async origin() {
      const { source, query, separator, header, sheet, encoding } = run.trained.recipe.data
      try {
        const { chunks } = await openTable(source, {
          query,
          separator,
          header,
          sheet,
          encoding,
          keepsWhole: true,
        })
        for await (const chunk of chunks()) return chunk
      } catch (error) {
        if (!(error instanceof BetavaeError)) throw error
      }
      return undefined
    },
    async calibration(isLive) {
      const kept = keptCalibration(run.trained.values, isLive)
      // What the model keeps was averaged over the usual number of draws.
      if (isLive || (kept && options.draws === undefined)) return kept
      const { dataset, validation } = await run.splits()
      const held = evenly(validation.indices, MOST_HELD_OUT)
      if (held.length === 0) return undefined
      const condition = dataset.condition?.read(held)
      const rows = joinedExamples({ x: await dataset.read(held), ...(condition && { condition }) })
      return calibrationOf((await table.scoreEncoded(rows)).score)
    },
    async baselines(rows) {
      const { dataset, train } = await run.splits()
      const learned = evenly(train.indices, MOST_LEARNED)
      const { ordered } = dataset
      const known = ordered
        ? await encodedRows(
            ordered.rows,
            learned.map((window) => ordered.series.rows[ordered.places.last[window]]),
          )
        : await encodedRows(dataset, learned)
      const { width } = tableLayout(schema)
      const shaped = (data: Float32Array) => ({ data, shape: [data.length / width, width] })
      const { seed } = run.trained.recipe.training
      return Object.fromEntries(
        registered('detector', DETECTORS, run.trained.recipe.model).map((detector) => [
          detector.name,
          detector.fit(shaped(known), seed).score(shaped(rows)),
        ]),
      )
    },
    [Symbol.dispose]() {
      table[Symbol.dispose]()
      run.dispose()
    },
  }
}

const evenly = (indices: Uint32Array, most: number): Uint32Array =>
  spreadEvenly(indices.length, most).map((place) => indices[place])

const encodedRows = async (dataset: Dataset, indices: Uint32Array): Promise<Float32Array> =>
  toFloat32((await dataset.read(indices)).data)
