import type { TableChunk } from '../../data/tables/cell.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine } from '../../engine/engine.ts'
import { checkCount, checkSeed } from '../arguments.ts'
import type { ModelParts } from '../model-parts.ts'
import type { ChunkModel, ChunkModelOptions, ImputedRows, ImputeOptions } from './chunk-model.ts'
import { openModelOfTable } from './open-model-of-table.ts'
import { type ScoredRow, scoredRows } from './scored-rows.ts'
import type { CellTable, SynthesizeOptions } from './synthesize.ts'
import { expectedThreshold, keptCalibration, onlyOne, promised } from './usual.ts'
import { wholeTable } from './whole-table.ts'

/** @inline */
export interface ScoreRowsOptions {
  /** Share of normal rows that may be flagged; default 0.05, without a promise where too few rows were held out. */
  readonly falseAlarm?: number
  /** Share of rows that are expected to be anomalies, instead: rows that score as that share of training rows are flagged. */
  readonly contamination?: number
  /** Causes to tell of each row at most; default 5. */
  readonly causes?: number
  readonly signal?: AbortSignal
}

/** Rows that are scored as they come, each by those of its series before it. */
export interface StreamScoring {
  readonly score: TableService['score']
  saved(): Uint8Array
}

/** What a model makes of chunks of a table: plain data in and out, so that it may be asked across threads. */
export interface TableService {
  /** Errors: those of `rowEncoder`, `anomaly/calibration-size`, `anomaly/calibration-empty`, `anomaly/false-alarm`, `anomaly/contamination`, `anomaly/two-thresholds`. */
  score(chunk: TableChunk, options?: ScoreRowsOptions): Promise<readonly ScoredRow[]>
  /** Begins with rows of series as they come, or goes on with what was saved; absent of models of single rows, and across threads. */
  readonly stream?: (held?: Uint8Array) => Promise<StreamScoring>
  /** Errors: those of `rowEncoder`. */
  impute(chunk: TableChunk, options?: ImputeOptions): Promise<ImputedRows>
  /** Errors: `infer/count`, `infer/seed`, `infer/sampler`, `infer/no-codes`, `infer/no-prior`. */
  synthesize(count: number, options?: SynthesizeOptions): Promise<CellTable>
}

const FALSE_ALARM = 0.05
const CAUSES = 5

/** Opens a model of a table in this thread. */
export async function openTableService(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  options: ChunkModelOptions = {},
): Promise<TableService & Pick<ChunkModel, 'scoreEncoded'> & Disposable> {
  const model = await openModelOfTable(engine, parts, schema, options)
  const scoring = (scores: ChunkModel['score'], isLive: boolean): TableService['score'] => {
    const calibration = keptCalibration(parts.values, isLive)
    return async (chunk, { falseAlarm, contamination, causes = CAUSES, signal } = {}) => {
      onlyOne({ falseAlarm, contamination })
      const usual =
        contamination !== undefined
          ? { calibration, threshold: expectedThreshold(parts.values, contamination, isLive) }
          : falseAlarm === undefined
            ? { calibration, falseAlarm: FALSE_ALARM }
            : promised(falseAlarm, calibration)
      const found = await scores(chunk, { signal })
      return scoredRows(model.columns, chunk, found, usual, checkCount(causes, 'causes'))
    }
  }
  const { live } = model
  return {
    scoreEncoded: model.scoreEncoded,
    score: scoring(model.score, false),
    ...(live && {
      async stream(held?: Uint8Array) {
        const scorer = await live(held)
        return { score: scoring(scorer.score, true), saved: scorer.saved }
      },
    }),
    impute: (chunk, asked) => model.impute(chunk, asked),
    async synthesize(count, asked = {}) {
      const seed = checkSeed(asked.seed ?? 0)
      const made = await model.synthesize(checkCount(count, 'count'), { ...asked, seed })
      return wholeTable(schema, made, { seed, identifiers: asked.identifiers })
    },
    [Symbol.dispose]: () => model[Symbol.dispose](),
  }
}
