/** What an odd stretch of a column looks like, and what it is judged by. */
import type { OddSpan } from '../odd-spans.ts'
import type { SeriesNumbers, WindowGaussian } from '../window-evidence.ts'

/** What a stretch looks like; numbers are in the units of the series. */
export type Fault =
  /** Few rows that stand out by themselves, by so much. */
  | { readonly kind: 'spike'; readonly by: number }
  /** One value that does not change. */
  | { readonly kind: 'stuck' }
  /** As expected, but for a constant. */
  | { readonly kind: 'shift'; readonly by: number }
  /** As expected, but for what grows from row to row, by so much until its end. */
  | { readonly kind: 'trend'; readonly by: number }
  /** The column comes round after so many rows elsewhere, and not here. */
  | { readonly kind: 'rhythm'; readonly period: number }
  /** Its values are what another column is expected to have, and the other way round. */
  | { readonly kind: 'swap'; readonly with: number }

/** A series that was judged, and all of its odd stretches. */
export interface JudgedSeries {
  readonly gaussian: WindowGaussian
  readonly series: SeriesNumbers
  /** What is expected in place of each number [rows × width]. */
  readonly expected: Float64Array
  readonly spans: readonly OddSpan[]
  /**
   * The values of two columns from a row to before another, each as if it were the other's: those of the first from the
   * second's cells, then those of the second from the first's [2 · rows].
   */
  exchanged(columns: readonly [number, number], from: number, to: number): Float64Array
}

/** A stretch among others, and what is known of its series. */
export interface Suspect extends JudgedSeries {
  readonly span: OddSpan
  /** The series with what is expected in place of what is missing or odd. */
  readonly healed: Float64Array
  /** The numbers of a column, healed. */
  healedColumn(column: number): Float64Array
  /** After how many rows the column comes round. */
  period(): number | undefined
}

/** What a stretch looks like, from its first row to before its last, where that is told more exactly. */
export interface Named {
  readonly fault: Fault
  readonly from?: number
  readonly to?: number
}

/** Says what a stretch looks like, where it looks like that. */
export type FaultOf = (suspect: Suspect) => Named | undefined
