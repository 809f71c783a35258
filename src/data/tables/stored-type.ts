import type { SchemaElement } from 'hyparquet'

/** The types that have nothing to be told besides their name. @inline */
export type PlainType =
  | 'boolean'
  | 'integer'
  | 'double'
  | 'date'
  | 'timestamp'
  | 'instant'
  | 'time'
  | 'uuid'
  | 'json'
  | 'bytes'
  | 'text'

/** Decimals of a second that are kept: whole ones, milliseconds, microseconds or nanoseconds. @inline */
export type SecondDecimals = 0 | 3 | 6 | 9

/** What a source itself says of a type, so that the same kind of source can be told so again. @inline */
export interface DeclaredType {
  /** Whether it is said to be there always. */
  readonly isRequired?: boolean
  /**
   * Parquet: the element of its schema.
   *
   * @internal
   */
  readonly element?: SchemaElement
  /**
   * A database, and what the type is called there.
   *
   * @internal
   */
  readonly named?: { readonly by: string; readonly name: string }
}

/** A column, or a part of what a column holds. @inline */
export interface StoredField {
  readonly name: string
  readonly type: StoredType
}

/** How a column is stored where it has a type: in a database, in a Parquet file. */
export type StoredType = DeclaredType &
  (
    | { readonly kind: Exclude<PlainType, 'integer' | 'double' | 'timestamp' | 'instant' | 'time' | 'bytes'> }
    /** Without a length each cell has its own. */
    | { readonly kind: 'bytes'; readonly length?: number }
    | { readonly kind: 'integer'; readonly bits?: 8 | 16 | 32 | 64; readonly isUnsigned?: boolean }
    | { readonly kind: 'double'; readonly bits?: 16 | 32 | 64 }
    | { readonly kind: 'timestamp' | 'instant' | 'time'; readonly decimals?: SecondDecimals }
    /** Its cells are seconds, whatever it is stored in. */
    | { readonly kind: 'duration'; readonly decimals: SecondDecimals }
    | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
    | { readonly kind: 'list'; readonly item: StoredField }
    | { readonly kind: 'struct'; readonly fields: readonly StoredField[] }
    | { readonly kind: 'map'; readonly key: StoredField; readonly value: StoredField }
  )

/** Microseconds, as databases have them. */
export const USUAL_DECIMALS: SecondDecimals = 6

/** A decimal of this many digits in all and behind the point. */
export const decimalType = (precision: number, scale: number): StoredType => ({
  kind: 'decimal',
  precision,
  scale,
})

/** What a type comes to where only plain ones and decimals are known: lists are written as JSON. */
export function plainKind({ kind }: StoredType): PlainType | 'decimal' {
  if (kind === 'duration') return 'double'
  return kind === 'list' || kind === 'struct' || kind === 'map' ? 'json' : kind
}
