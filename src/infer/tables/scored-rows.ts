import type { TableChunk } from '../../data/tables/cell.ts'
import { pValue } from '../../statistics/anomaly/conformal.ts'
import { type Cause, causesIn } from './causes.ts'
import type { RowScores } from './chunk-model.ts'
import { FINDERS, type FoundBy } from './detecting.ts'
import type { OddStretch } from './odd-stretch.ts'
import type { Usual } from './usual.ts'

/** What a row of a table costs under a model, in nats, and which of its cells make it so. */
export interface ScoredRow {
  /**
   * The greater, the less usual: −log of the share of training rows that are as unusual, as several detectors say it
   * together. Of a model without detectors −ELBO and, weighed, what the cells cost by themselves.
   */
  readonly score: number
  /** −log p(x|z) of the known cells. */
  readonly reconstruction: number
  /** 0 where the code is deterministic. */
  readonly kl: number
  /** −(reconstruction + kl). */
  readonly elbo: number
  /** Share of held-out rows that score at least as much; absent where none were held out. */
  readonly p?: number
  /** Whether p is at most the false-alarm rate, or the score among the expected share; absent where neither is known. */
  readonly flagged?: boolean
  /** Which detector finds the row most unusual; absent in models without detectors. */
  readonly foundBy?: FoundBy
  /** The known cells that most speaks against, those first. */
  readonly causes: readonly Cause[]
  /** The odd stretch of the first cause's column that the row is in, null where it is in none; absent of single rows. */
  readonly stretch?: OddStretch | null
  /** Columns whose cells count as missing in this row because they cannot be read; absent where there are none. */
  readonly unread?: readonly string[]
}

/** Rows of a chunk with what they cost, beside what is usual; each with `most` causes at most. */
export function scoredRows(
  columns: readonly string[],
  chunk: TableChunk,
  scores: RowScores,
  { calibration, falseAlarm, threshold }: Usual,
  most: number,
): ScoredRow[] {
  const causes = causesIn(columns, chunk, scores)
  const unreadOf = unreadColumns(scores)
  const stretchOf = scores.stretches?.()
  const places = new Map(columns.map((name, at) => [name, at]))
  return chunk.rows.map((_, row) => {
    const [score, reconstruction, kl] = [scores.score[row], scores.reconstruction[row], scores.kl[row]]
    // Field by field: of a million rows, objects put together from others take as long as reading a row.
    const told: Partial<Writable<ScoredRow>> = { score, reconstruction, kl, elbo: -(reconstruction + kl) }
    const p = calibration && pValue(calibration, score)
    if (p !== undefined) told.p = p
    if (threshold !== undefined) told.flagged = score > threshold
    else if (p !== undefined && falseAlarm !== undefined) told.flagged = p <= falseAlarm
    if (scores.found) told.foundBy = FINDERS[scores.found[row]]
    told.causes = causes(row, most)
    if (stretchOf) {
      const [cause] = told.causes
      told.stretch = (cause && stretchOf(row, places.get(cause.column) ?? -1)) ?? null
    }
    const unread = unreadOf(chunk.first + row)
    if (unread) told.unread = unread
    return told as ScoredRow
  })
}

type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] }

function unreadColumns({ unread }: RowScores): (row: number) => readonly string[] | undefined {
  const byRow = new Map<number, string[]>()
  for (const { row, column } of unread) byRow.set(row, [...(byRow.get(row) ?? []), column])
  return (row) => byRow.get(row)
}
