import type { GapShape, Gaps, GapTable } from './gap-table.ts'

/** What a fit may use besides the table. */
export interface Fitting {
  readonly seed: number
  /** The targets with all gaps filled a first time, by the joint Gaussian [count × width]. */
  readonly first: Float64Array
}

/**
 * Puts targets where a row has gaps: `out` [width] holds the row's targets with its gaps filled a first time, and gets
 * them filled anew. What it says of a row depends on the row alone, to the bit.
 */
export type FillRow = (table: GapTable, row: number, gaps: Gaps, out: Float64Array) => void

/** A way to tell what is missing from what is known. */
export interface Imputer {
  readonly name: string
  /** What it is, for people. */
  readonly says: string
  /** All that was learned, as numbers that are kept as float32; undefined where it has nothing to say of such a table. */
  fit(table: GapTable, fitting: Fitting): Float32Array | undefined
  open(learned: Float32Array, shape: GapShape): FillRow
}

/** Holds the chances of each missing column of levels within 0 and 1, and to a sum of 1. */
export function asChances({ columns, known }: GapTable, row: number, out: Float64Array): void {
  for (let place = 0; place < columns.length; place++) {
    const { at, slots, kind } = columns[place]
    if (kind !== 'chances' || known[row * columns.length + place] === 1) continue
    let sum = 0
    for (let slot = at; slot < at + slots; slot++) sum += out[slot] = Math.min(Math.max(out[slot], 0), 1)
    if (slots > 1)
      for (let slot = at; slot < at + slots; slot++) out[slot] = sum > 0 ? out[slot] / sum : 1 / slots
  }
}
