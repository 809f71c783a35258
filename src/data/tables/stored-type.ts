/** How a column is stored where it has a type: in a database, in a Parquet file. */
export type StoredType =
  | { readonly kind: 'boolean' | 'integer' | 'double' | 'date' | 'timestamp' | 'instant' | 'text' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }

/** The types that have nothing to be told besides their name. */
export type PlainType = Exclude<StoredType['kind'], 'decimal'>

/** A decimal of this many digits in all and behind the point. */
export const decimalType = (precision: number, scale: number): StoredType => ({
  kind: 'decimal',
  precision,
  scale,
})
