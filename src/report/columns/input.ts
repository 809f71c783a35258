/** Where the bins of a column begin and end. */
export interface BinEnds {
  /** As the column writes them. */
  readonly low: string
  readonly high: string
  /** As programs read them: numbers; dates and durations stand as they are written. */
  readonly told: { readonly low: number | string; readonly high: number | string }
}

/** How the values of a column are spread: counts of numbers in bins of one width, or of levels, the commonest first. */
export type Spread =
  | ({ readonly kind: 'numbers'; readonly counts: readonly number[] } & BinEnds)
  | {
      readonly kind: 'levels'
      readonly levels: readonly { readonly name: string; readonly count: number }[]
      /** Rows with other levels. */
      readonly others: number
    }

/** A column, what it is taken for and why. */
export interface ColumnCard {
  readonly name: string
  readonly kind: string
  readonly reason: string
  /** What is done to it; what is left out has nothing done to it. */
  readonly done: string
  readonly isLeftOut: boolean
  /** Share of rows in which it is missing. */
  readonly missing: number
  /** Of a column that is not left out, and not missing throughout. */
  readonly spread?: Spread
}

export interface ColumnEntry extends ColumnCard {
  /** What else it could be, and the option that says so. */
  readonly alternatives: readonly { readonly option: string; readonly why: string }[]
}

/** How strongly two columns depend on each other, from 0 to 1. */
export interface Pair {
  readonly first: string
  readonly second: string
  readonly strength: number
}

/** All that the page of a table's columns is made of. */
export interface ColumnsPageInput {
  readonly title: string
  readonly rows: number
  /** Rows that spreads, gaps and pairs are of. */
  readonly sampled: number
  readonly columns: readonly ColumnEntry[]
  readonly pairs: readonly Pair[]
  /** Columns with gaps, and of groups of rows in the table's order which of them are missing in any of these. */
  readonly gaps: { readonly columns: readonly string[]; readonly rows: readonly (readonly boolean[])[] }
  /** What to type to get this page again. */
  readonly command: string
}
