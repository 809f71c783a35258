/** What a model says of a table's rows, and makes of them. */

import type { FidelityRow, GapFill } from '../../../inside.tables.ts'
import type { Cause } from '../../../inside.ts'
import type { NamedBytes } from './files.ts'
import type { Cells } from './shown.ts'

/** A row that is unusual under the model, and which cells make it so. */
export interface Anomaly {
  /** Its number in the data. */
  readonly row: number
  /** Its place among the examples that are explored. */
  readonly example: number
  /** How unusual it is, in nats. */
  readonly score: number
  /** Share of held-out rows that are as unusual; absent where none were held out. */
  readonly p?: number
  /** Which detector found it; absent in models without detectors. */
  readonly foundBy?: string
  /** Its cells by what they add, the most telling first. */
  readonly causes: readonly Cause[]
}

/** The most unusual rows of a table, and how unusual all are. */
export interface Anomalies {
  /** Most unusual first. */
  readonly rows: readonly Anomaly[]
  /** Of every row the share of held-out rows that are as unusual, ascending; absent where none were held out. */
  readonly p?: Float64Array<ArrayBuffer>
  /** The least of these shares that so many held-out rows can tell. */
  readonly least?: number
}

/** A table with its gaps filled. */
export interface FilledTable {
  readonly file: NamedBytes
  readonly rows: number
  /** Columns that had gaps: how many cells were filled, and by what. */
  readonly columns: readonly (GapFill & { readonly cells: number })[]
}

/** New rows, and how like the real ones they are. */
export interface MadeRows {
  readonly file: NamedBytes
  /** The first of them. */
  readonly shown: Cells
  readonly fidelity: readonly FidelityRow[]
  /** What there are too few rows to say. */
  readonly unsaid: readonly string[]
}
