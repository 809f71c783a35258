import type { Cell } from '../cell.ts'
import type { NumberForm } from '../forms/index.ts'
import type { Level } from '../levels.ts'
import type { LevelCount, Numbers } from './number-tally.ts'
import type { Point, PointDoubt } from './point.ts'
import type { Texts } from './text-tally.ts'

export interface NumberSummary extends Numbers {
  /** How they are written, where that is not how numbers are. */
  readonly form?: NumberForm
  /** That its cells do not tell whether a point or a comma stands before the decimals. */
  readonly doubt?: PointDoubt
  /** How many of them have a footnote or another mark beside them. */
  readonly marked?: number
}

/** A column as it was seen. */
export interface ColumnSummary {
  readonly name: string
  /** Its place in the table, from 0, and whether it has a name. */
  readonly place: number
  readonly isNamed: boolean
  readonly rows: number
  readonly missing: number
  /** The words that were taken for missing, each as it was written. */
  readonly missingWords: readonly LevelCount[]
  /** Whether its source has it as durations, whose numbers are seconds. */
  readonly areSeconds?: true
  /** Values that somebody says stand for missing. */
  readonly absent: readonly Level[]
  readonly numbers: NumberSummary
  readonly texts: Texts
  /** Texts of digits that are no numbers: with zeros in front, or with more digits than a double holds. */
  readonly codes: number
  /** What stands around numbers, where that differs from cell to cell. */
  readonly affixes: readonly string[]
  /** Cells of the sample that are not missing, in the order of their places; none unless somebody asks for them. */
  readonly cells: readonly Cell[]
}

/** What is known of a column beforehand. */
export interface KnownColumn {
  readonly name: string
  readonly place: number
  readonly isNamed: boolean
  /** Values that stand for missing, and words that do not. */
  readonly absent?: readonly Level[]
  readonly levels?: readonly Level[]
  /** Whether somebody says that it is one of numbers, or one of levels. */
  readonly told?: 'numbers' | 'levels'
  readonly areSeconds?: true
  /** What somebody says stands before decimals. */
  readonly point?: Point
  /** Whether cells are kept as they are, for a kind that somebody brought. */
  readonly keepsCells?: boolean
}
