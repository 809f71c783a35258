/** An axis by two of its places: what it counts, and at two places of the picture which value stands there. */
export type ToldAxis = readonly [name: string, place0: number, value0: number, place1: number, value1: number]

/** Lines and dots over numbered axes. */
export interface ToldPlot {
  readonly kind: 'plot'
  readonly x: ToldAxis
  readonly y: ToldAxis
  /** What is known of each point besides: the columns of `data-known`. */
  readonly known?: readonly string[]
}

/** Strips of a table's columns. */
export interface ToldStrips {
  readonly kind: 'strips'
  /** Where strips begin and end. */
  readonly ends: readonly [number, number]
  readonly columns: readonly string[]
  /** Names of the marks of each path of a strip. */
  readonly marks: readonly string[]
}

/** Cells of which the opacity is the root of the share of a number. */
export interface ToldHeat {
  readonly kind: 'heat'
  readonly full: number
  /** Where the first column begins, and how wide each is. */
  readonly from: number
  readonly width: number
  readonly x: string
  readonly places: readonly number[]
}

/** Bars whose heights are too coarse to be read, so that their counts are told. */
export interface ToldBins {
  readonly kind: 'bins'
  readonly low: number | string
  readonly high: number | string
  /** Where the last bin ends, if beyond the others. */
  readonly beyond?: number
  readonly counts: Readonly<Record<string, readonly number[]>>
}

/** Strips in which marks stand for rows without a cell. */
export interface ToldGaps {
  readonly kind: 'gaps'
  readonly from: number
  /** Of a row. */
  readonly width: number
  readonly columns: readonly string[]
}

/** Bars with their names and numbers beside them. */
export interface ToldBars {
  readonly kind: 'bars'
  /** What the names are of, and what the numbers count. */
  readonly heads: readonly [string, string]
}

/** Levels of a column, and how many of the cells that are counted of each side have them; of a large side a sample is. */
export interface ToldLevels {
  readonly kind: 'levels'
  readonly levels: readonly string[]
  readonly counts: Readonly<Record<string, readonly number[]>>
}

/** What a chart says of itself, so that its page can read its numbers from its shapes. */
export type Told = ToldPlot | ToldStrips | ToldHeat | ToldBins | ToldGaps | ToldBars | ToldLevels
