import {
  BetavaeError,
  blockOfTable,
  conformalThreshold,
  expectedThreshold,
  type FlagRule,
  joinedFloats,
  type KeptPlace,
  type LiveScorer,
  type OpenedTableRun,
  onlyOne,
  type RowBlock,
  type ScoredRow,
  scoredRows,
  type TableChunk,
  type TableReading,
  type TableRowScore,
  type UnreadCount,
  type Usual,
} from '../../../inside.node.ts'
import { type Detections, detectionsOf, type LabeledScores, outlierOf } from './detection.ts'
import type { tableWatch } from './unread.ts'

/** The most unusual of the rows so far. */
export const mostUnusual = (rows: TableRowScore[], top: number): TableRowScore[] =>
  rows.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, top)

export interface TableScoring {
  readonly reading?: TableReading
  readonly source: string
  readonly label?: string
  /** Cells that are named of each row, at most. */
  readonly causes: number
  readonly signal: AbortSignal
  readonly watch: ReturnType<typeof tableWatch>
  /** Those that are scored; default: all. */
  readonly rows?: RowBlock | undefined
  /** What scores rows as they come, each by those before it. */
  readonly live?: LiveScorer | undefined
  /** How far an earlier scoring of them was. */
  readonly place?: KeptPlace | undefined
}

/** What is usual, and from which score on a row is flagged. */
export interface UsualScores extends Usual {
  /** The share that the threshold is of. */
  readonly share?: number
}

/** What a scoring comes to. */
export interface Scoring {
  readonly summary: ScoringSummary
  readonly labeled?: LabeledScores
}

/** What is told of a scoring, besides its rows. */
export interface ScoringSummary extends Partial<Detections> {
  readonly rows: number
  readonly flagged?: number
  readonly threshold?: number
  /** Cells that count as missing because they cannot be read. */
  readonly unread?: readonly UnreadCount[]
}

/**
 * What held-out rows of the run score, and the threshold of a promised false-alarm rate or of an expected share of
 * anomalies. Errors: `anomaly/calibration-size`, `anomaly/contamination`, `anomaly/two-thresholds`.
 */
export async function usualScores(
  run: OpenedTableRun,
  wanted: FlagRule,
  isLive = false,
): Promise<UsualScores> {
  onlyOne(wanted)
  const { falseAlarm, contamination } = wanted
  const calibration = await run.calibration(isLive).catch((error: unknown) => {
    if (falseAlarm !== undefined) throw error
    return undefined
  })
  if (contamination !== undefined)
    return {
      ...(calibration && { calibration }),
      threshold: expectedThreshold(run.run.trained.values, contamination, isLive),
      share: contamination,
    }
  if (!calibration) return {}
  return falseAlarm === undefined
    ? { calibration }
    : { calibration, falseAlarm, threshold: conformalThreshold(calibration, falseAlarm), share: falseAlarm }
}

/** Scores a table chunk by chunk, so that it may be larger than memory; each row is told as soon as it is known. */
export async function scoreTable(
  run: OpenedTableRun,
  usual: UsualScores,
  { source, label, causes, signal, reading, watch, rows: some, live, place }: TableScoring,
  tell: (rows: readonly TableRowScore[], chunk: TableChunk) => void | Promise<void>,
): Promise<Scoring> {
  const whole = await run.open(source, reading)
  const stream = place?.rest(whole) ?? (some ? blockOfTable(whole, some) : whole)
  const kept: { rows: Float32Array[]; scores: number[]; labels: number[] } = {
    rows: [],
    scores: [],
    labels: [],
  }
  let count = 0
  let flagged = 0
  for await (const { chunk, scores } of run.scored(stream, signal, live)) {
    watch.take(chunk, scores.unread)
    const rows = numbered(scoredRows(run.table.columns, chunk, scores, usual, causes), chunk.first)
    count += rows.length
    flagged += rows.filter((row) => row.flagged).length
    if (label !== undefined) {
      kept.rows.push(run.table.encode(chunk))
      kept.scores.push(...scores.score)
      kept.labels.push(...labelsOf(chunk, label))
    }
    await tell(rows, chunk)
  }
  const labeled: LabeledScores | undefined =
    label === undefined
      ? undefined
      : {
          labels: kept.labels,
          model: Float64Array.from(kept.scores),
          baselines: await run.baselines(joinedFloats(kept.rows)),
        }
  const { threshold } = usual
  const unread = watch.counts()
  const summary = {
    rows: count,
    ...(unread.length > 0 && { unread }),
    ...(threshold === undefined ? {} : { flagged, threshold }),
    ...(labeled && detectionsOf(labeled)),
  }
  return { summary, ...(labeled && { labeled }) }
}

function labelsOf({ columns, rows, first }: TableChunk, label: string): number[] {
  const at = columns.indexOf(label)
  if (at < 0) refuseLabel(label, columns)
  return rows.map((row, index) => outlierOf(row[at] ?? '', `row ${first + index + 1}, column "${label}"`))
}

function refuseLabel(label: string, columns: readonly string[]): never {
  throw new BetavaeError({
    code: 'cli/label',
    seen: `no column "${label}"`,
    wanted: `one of ${columns.map((name) => `"${name}"`).join(', ')}`,
    fix: 'name the column that has 1 for outliers and 0 for normal rows',
    usage: true,
  })
}

const numbered = (rows: readonly ScoredRow[], first: number): TableRowScore[] =>
  rows.map((scored, at) => ({ row: first + at + 1, ...scored }))

/** Takes scored rows as they come, and what they come to. */
export interface ScoreWriter {
  /** Cells that it tells of each row. */
  readonly causes: number
  rows(rows: readonly TableRowScore[]): Promise<void>
  end(summary: ScoringSummary): Promise<void>
}
