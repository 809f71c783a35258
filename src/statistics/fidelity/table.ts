/** What a column holds: numbers that can be ordered and subtracted, or levels that are equal or not. @inline */
export interface FidelityColumn {
  readonly name: string
  readonly kind: 'number' | 'level'
}

/** Rows of cells; null where nothing is known. Levels are compared as text. */
export interface FidelityTable {
  readonly columns: readonly FidelityColumn[]
  readonly rows: readonly (readonly (number | string | null)[])[]
}
