import { fail } from '../../base/errors.ts'
import { fillUniform, streamOf } from '../../base/random.ts'
import { conditionWidth } from '../../data/condition.ts'
import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import {
  cellReader,
  type EncodeOptions,
  rowDecoder,
  type UnreadCell,
  watchedEncoder,
} from '../../data/tables/encode.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { WindowsChoice } from '../../data/tables/windows/windows.ts'
import type { Engine } from '../../engine/engine.ts'
import { loadKinds } from '../../model/load-kinds.ts'
import { checkShare } from '../arguments.ts'
import { createModel } from '../create-model.ts'
import type { Model } from '../model.ts'
import type { ModelParts } from '../model-parts.ts'
import { aloneNats } from './alone.ts'
import { openCells } from './cells.ts'
import { DETECTING } from './detecting.ts'
import { combiner, openDetectors } from './detectors.ts'
import { openGaps } from './fill-gaps.ts'
import type { GapFill } from './gap-fills.ts'
import { chunkConditions } from './given-columns.ts'
import { imputeRows } from './impute.ts'
import { type CellIntervals, drawnIntervals, INTERVAL_DRAWS, intervalCells } from './intervals.ts'
import { rowsWithConditions } from './joined-rows.ts'
import { gapsOfFeeds } from './kept-gaps.ts'
import { IMPUTE_DRAWS } from './model-targets.ts'
import type { StretchOf } from './odd-stretch.ts'
import { type EncodedScores, scoreRows } from './score.ts'
import { SCORE_DRAWS } from './score-draws.ts'
import { type CellTable, openSynthesis, type Synthesis, type SynthesizeOptions } from './synthesize.ts'
import { refuseSeries } from './windows/refuse-rows.ts'

/** What rows of a table cost under a model, in nats. @inline */
export interface RowScores {
  /**
   * How unusual each row is [n]: −log of the share of training rows that are as unusual, as several detectors say it
   * together. Of a model that keeps none it is −ELBO, averaged over draws of the code, and 1.75 times what its cells cost
   * alone, in nats.
   */
  readonly score: Float64Array
  /** −log p(x|z) of all known cells [n]. */
  readonly reconstruction: Float64Array
  readonly kl: Float64Array
  /** −log p(x|z) of each cell [n × columns], columns as in `columns`; 0 where it is missing. */
  readonly cells: Float64Array
  /** −log of each cell's density in its column alone, as if the rest of its row were not known [n × columns]. */
  readonly alone: Float64Array
  /**
   * What speaks against each cell, in nats [n × columns]: how much less unusual its row would be without it, given its other
   * cells as a joint Gaussian, and what it costs alone; of a model without detectors cells + 1.75 · alone.
   */
  readonly shares: Float64Array
  /** Which detector found each row, as its place among `FINDERS` [n]; absent in models without detectors. */
  readonly found?: Uint8Array
  /** Finds the odd stretches that cells are in; absent in models of single rows. @internal */
  readonly stretches?: () => StretchOf
  /** Cells that count as missing because they cannot be read. */
  readonly unread: readonly UnreadCell[]
  /** What stands for a cell where the others are believed, by the places of its row and its column. */
  expected(row: number, column: number): Cell
}

/** @inline */
export interface ImputeOptions {
  /** Draws of the code for each row. */
  readonly draws?: number
  /** Draws from p(missing | known) to give besides the means; default: none. */
  readonly samples?: number
  /** The share of intervals around numbers that holds what was missing, such as 0.9; default: none are given. */
  readonly interval?: number
  /** Rows to put at the end of each series of ordered rows, as gaps: forecasts. */
  readonly ahead?: number
  readonly signal?: AbortSignal
}

/** Rows with nothing missing, and how sure that is. @inline */
export interface ImputedRows {
  /** Means of what was missing, of levels the likeliest; what was known as it was. */
  readonly rows: readonly (readonly Cell[])[]
  /** Draws from p(missing | known) around these means, as many as were asked for. */
  readonly samples: readonly (readonly (readonly Cell[])[])[]
  /** Where each missing number lies with the share that was asked for, given what is known. */
  readonly intervals?: CellIntervals
  /** The table with the rows that were put at its end, where some were asked for: what all else is of. @internal */
  readonly chunk?: TableChunk
  /** Cells that cannot be read, in place of which the model says what it would expect. */
  readonly unread: readonly UnreadCell[]
}

/** A trained model of a table: chunks of its rows go in and come out. */
export interface ChunkModel extends Disposable {
  readonly schema: TableSchema
  /** Names of the modelled columns, in the schema's order. */
  readonly columns: readonly string[]
  /** Scores rows; what is said of a row depends on the row and on nothing else, to the bit on one engine. */
  score(
    chunk: TableChunk,
    options?: { readonly draws?: number; readonly signal?: AbortSignal },
  ): Promise<RowScores>
  /** The same, where somebody else says what encoded rows cost. @internal */
  scoreBy(chunk: TableChunk, score: (rows: Float32Array) => Promise<EncodedScores>): Promise<RowScores>
  /** The same of rows that are encoded already [n × width], each with its condition behind it where there is one. */
  scoreEncoded(rows: Float32Array): Promise<Omit<RowScores, 'expected' | 'unread'>>
  /**
   * Scores rows as they come, of a model of windows of ordered rows: each by those before it, of which only the last are
   * held; goes on from what another has `saved`. Absent of models of single rows, whose `score` does that. @internal
   */
  readonly live?: (held?: Uint8Array) => Promise<LiveScorer>
  /** Rows as numbers [n × width]. */
  encode(chunk: TableChunk): Float32Array
  /** What rows are given [n × condition's width]; absent of a model that is given nothing. @internal */
  readonly conditions?: (chunk: TableChunk) => Float32Array
  /** What fills the gaps of each column, and how well; undefined in models of earlier versions. @internal */
  readonly gapFills?: readonly GapFill[]
  /**
   * Fills what is missing, each column by what hidden cells showed to be best for it: joint Gaussians, mixtures, trees and
   * the model's importance-weighted means (Mattei & Frellsen 2019, eq. 11), weighed (Breiman 1996). Of ordered rows numbers
   * are filled from both sides by the Gauss–Markov chain of their windows. Errors: `table/ahead`, `infer/share`.
   */
  impute(chunk: TableChunk, options?: ImputeOptions): Promise<ImputedRows>
  /** New rows, or series of them, like those that it was trained on. Errors: `infer/series`, `infer/sampler`, `infer/no-codes`, `infer/no-prior`. */
  synthesize(count: number, options?: SynthesizeOptions): Promise<CellTable>
}

/** Scores rows as they come, in the order in which they come. */
export interface LiveScorer extends Pick<ChunkModel, 'score'> {
  /** Series of which rows are held at most. */
  readonly most: number
  /** Series that were let go since others had rows; rows of theirs that come later begin them anew. */
  dropped(): number
  /** All that is held: who is given it goes on from here to the same bits. */
  saved(): Uint8Array
}

/** @inline */
export interface ChunkModelOptions extends EncodeOptions {
  /** What the columns are that a conditional model is given. */
  readonly given?: TableSchema | undefined
  /** How rows are ordered, where the model is one of windows of them. */
  readonly windows?: WindowsChoice | undefined
  /** Draws of the code that a score is averaged over. */
  readonly draws?: number
}

/** Error, usage: `table/ahead`. */
const refuseAhead = (): never =>
  fail({
    code: 'table/ahead',
    seen: 'rows ahead, of a model of rows that have no order',
    wanted: 'a model of windows of ordered rows, which knows what comes after what',
    fix: 'train one with --order <column>, from code data.windows',
    usage: true,
  })

const rarely = streamOf('impute-rare')
const one = new Float32Array(1)

/** The draw that tells which of several rare levels a slot of a sample stands for. */
const rareChance = (seed: number, step: number): number => fillUniform(one, { seed, stream: rarely, step })[0]

/** Opens a trained model of single rows of a table. Errors of its methods: those of `rowEncoder`. */
export async function openChunkModel(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  options: ChunkModelOptions = {},
): Promise<ChunkModel> {
  await loadKinds(parts.spec)
  const layout = tableLayout(schema)
  const { [DETECTING.rarity]: rarity, [DETECTING.weights]: weights } = parts.values
  const scorers = {
    aloneNats: await aloneNats(engine, parts, layout),
    cells: await openCells(engine, parts),
    ...(rarity &&
      weights && { detectors: openDetectors(parts.values, layout), combine: combiner(rarity, weights) }),
  }
  const { cells } = scorers
  let unread: UnreadCell[] = []
  const request = { ...options, onUnread: (cell: UnreadCell) => unread.push(cell) }
  const encode = watchedEncoder(schema, request)
  /** Encoded rows with those cells that were not read, which nobody else asks for meanwhile: encoding does not wait. */
  const encoded = (chunk: TableChunk) => {
    unread = []
    return { rows: encode(chunk), unread }
  }
  const { condition } = parts.spec
  const conditions = condition && options.given && chunkConditions(options.given, condition, request)
  const behind = rowsWithConditions(layout.width, condition ? conditionWidth(condition) : 0)
  const decode = rowDecoder(schema)
  const decodeMeans = rowDecoder(schema, { means: true })
  const read = cellReader(schema)
  const kept = gapsOfFeeds(parts.values)
  const gaps = kept && openGaps({ cells, parts, schema, layout }, kept)
  const model = { cells, layout, values: parts.values, spec: parts.spec }
  let decoding: Promise<Model> | undefined
  /** By where codes come from. */
  const syntheses = new Map<SynthesizeOptions['from'], Promise<Synthesis>>()
  const scoreBy: ChunkModel['scoreBy'] = async (chunk, score) => {
    const { rows, unread } = encoded(chunk)
    const found = await score(behind.join(rows, conditions?.(chunk)))
    const expected = (row: number, column: number) => read(found.center, row * layout.width, column)
    return { ...found, unread, expected }
  }
  const scoreJoined = (joined: Float32Array, request: { draws: number; signal?: AbortSignal }) => {
    const { rows, condition: given } = behind.split(joined)
    return scoreRows(scorers, layout, rows, { ...request, condition: given })
  }
  return {
    schema,
    columns: layout.columns.map(({ name }) => name),
    ...(gaps && { gapFills: gaps.fills }),
    encode: (chunk) => encoded(chunk).rows,
    ...(conditions && { conditions }),
    scoreEncoded: (rows) => scoreJoined(rows, { draws: options.draws ?? SCORE_DRAWS }),
    scoreBy,
    score: (chunk, { draws = options.draws ?? SCORE_DRAWS, signal } = {}) =>
      scoreBy(chunk, (rows) => scoreJoined(rows, { draws, signal })),
    async impute(chunk, { draws = IMPUTE_DRAWS, samples = 0, interval, ahead, signal } = {}) {
      if (ahead !== undefined) refuseAhead()
      const { rows, unread } = encoded(chunk)
      const drawn = interval === undefined ? samples : Math.max(samples, INTERVAL_DRAWS)
      const request = { first: chunk.first, draws, samples: drawn, signal, condition: conditions?.(chunk) }
      // Models of earlier versions keep nothing that fills gaps.
      const filled = await (gaps ? gaps.fill(rows, request) : imputeRows(model, rows, request))
      const known = decode(rows)
      const withKnown = (all: readonly Cell[][]) =>
        all.map((row, at) => row.map((cell, column) => known[at][column] ?? cell))
      const drawnOf = (all: Float32Array, sample: number) => {
        const chance = (at: number) => rareChance(sample, chunk.first * layout.width + at)
        return rowDecoder(schema, { chance })(all)
      }
      return {
        rows: withKnown(decodeMeans(filled.mean)),
        samples: filled.samples.slice(0, samples).map((all, sample) => withKnown(drawnOf(all, sample))),
        unread,
        ...(interval !== undefined && {
          intervals: intervalCells(
            drawnIntervals(filled.samples, rows, layout, checkShare(interval)),
            rows,
            layout,
            read,
          ),
        }),
      }
    },
    async synthesize(count, asked) {
      if (asked?.series !== undefined) refuseSeries(asked.series)
      asked?.signal?.throwIfAborted()
      decoding ??= createModel(engine, parts)
      const source = { engine, model: await decoding, parts }
      const opened = syntheses.get(asked?.from) ?? openSynthesis(source, schema, asked?.from, options.given)
      syntheses.set(asked?.from, opened)
      return (await opened)(count, asked)
    },
    [Symbol.dispose]() {
      cells[Symbol.dispose]()
      void decoding?.then((model) => model.dispose())
    },
  }
}
