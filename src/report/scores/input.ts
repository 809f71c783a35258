import type { Band } from '../charts/series.ts'
import type { LatentMap } from '../map/latent-map.ts'

/** A cell of a row, as it was read. */
export interface RowCell {
  readonly column: string
  readonly text: string
}

/** A cell that makes its row odd. */
export interface OddCell extends RowCell {
  readonly expected: string
  /** What it adds to the score of its row, in nats. */
  readonly nats: number
}

/** One of the most unusual rows. */
export interface FoundRow {
  /** From 1. */
  readonly row: number
  readonly score: number
  /** Share of held-out rows that score at least as much. */
  readonly p?: number
  readonly isFlagged: boolean
  /** What found it, in words; absent where the model keeps no detectors. */
  readonly foundBy?: string
  /** The odd stretch of a series that it is the oddest row of. */
  readonly stretch?: { readonly what?: string; readonly when: string; readonly rank: number }
  /** The cells that make it odd, the most first. */
  readonly odd: readonly OddCell[]
  /** All cells, in the table's order. */
  readonly cells: readonly RowCell[]
}

/** From which score on rows stand out. */
export interface Threshold {
  readonly score: number
  /** Share of normal rows that score more. */
  readonly share: number
  /** Whether that share was asked for, and so decides which rows are flagged. */
  readonly isAsked: boolean
}

/** How scores are spread: rows in bins of one width; the last bin holds all that lies beyond, too. */
export interface ScoreBins {
  readonly low: number
  readonly high: number
  readonly rows: readonly number[]
  /** The same of the rows that training held out. */
  readonly heldOut?: readonly number[]
  /** The greatest score, where it lies beyond the last bin. */
  readonly beyond?: number
}

/** How well scores tell labeled rows apart. */
export interface DetectorEntry {
  readonly name: string
  readonly isModel: boolean
  readonly rocAuc: number
  readonly averagePrecision: number
  /** The ROC curve [false-alarm rate, detection rate]. */
  readonly curve: readonly (readonly [number, number])[]
}

/** A series as lines of its columns of numbers. */
export interface SeriesLines {
  /** Whose rows these are; absent where there is one series alone. */
  readonly name?: string
  readonly times: Float64Array
  /** When the first and the last row were, as the table says it. */
  readonly ends: readonly [string, string]
  readonly columns: readonly {
    readonly name: string
    readonly values: Float64Array
    readonly bands: readonly Band[]
  }[]
  /** Columns for which there was no room. */
  readonly left: readonly string[]
}

/** All that the page of scored rows is made of. */
export interface ScoresPageInput {
  /** The table, and the run that scored it. */
  readonly title: string
  readonly run: string
  readonly rows: number
  readonly flagged?: number
  readonly threshold?: Threshold
  readonly bins: ScoreBins
  /** The most unusual rows, the most first. */
  readonly found: readonly FoundRow[]
  /** In how many of the found rows a column is the first cause, the most first. */
  readonly blamed: readonly { readonly column: string; readonly rows: number }[]
  readonly map?: {
    readonly map: LatentMap
    /** Row number of each point, from 1; the found ones are the last. */
    readonly rows: readonly number[]
    readonly found: number
  }
  readonly detectors?: readonly DetectorEntry[]
  /** Of rows in an order: the oddest series as lines, and how many series there are. */
  readonly series?: { readonly shown: readonly SeriesLines[]; readonly of: number }
  /** What to type to get this page again. */
  readonly command: string
}
