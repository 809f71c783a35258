interface AnyColumn {
  readonly name: string
  readonly kind: string
}

/** How dates are written that are numbers. */
type NumericPattern = 'X' | 'X.SSS' | 'x' | 'u' | `YYYYMMDD${'' | 'HH' | 'HHmm' | 'HHmmss'}`

/** What a column of a schema holds where it is not missing. */
type ValueOf<Column extends AnyColumn> = Column extends { readonly kind: 'real' | 'count' }
  ? Column extends { readonly form: object }
    ? string
    : number
  : Column extends { readonly kind: 'datetime' }
    ? Column extends { readonly format: { readonly pattern: NumericPattern } }
      ? number
      : string
    : Column extends { readonly kind: 'binary' | 'ordinal'; readonly levels: readonly (infer Level)[] }
      ? Level
      : Column extends { readonly kind: 'categorical'; readonly levels: readonly (infer Level)[] }
        ? Level | (Column extends { readonly other: string } ? string : never)
        : Column extends { readonly kind: 'constant'; readonly value: infer Value }
          ? Value
          : string | number | boolean

/** A row of a table with this schema, by column; null where a cell is missing. */
export type Row<Schema extends { readonly columns: readonly AnyColumn[] }> = {
  [Column in Schema['columns'][number] as Column['name']]: ValueOf<Column> | null
}
