import type { StoredType } from './stored-type.ts'

/** What a row holds in a column; null where nothing is known. */
export type Cell = string | number | boolean | null

/** A column that a table has and its reader leaves out, and why. @inline */
export interface UnreadColumn {
  readonly name: string
  readonly reason: string
}

/** A column as its source has it: one that is read, a structure that lies flat, or one that is not read. */
export interface WholeColumn {
  readonly name: string
  readonly type?: StoredType
  /** Which column of a row it is, or which are the fields inside of it; none where it is not read. */
  readonly parts: readonly WholePart[]
  /** Its values as they are stored, where they are no cells. */
  readonly values?: readonly unknown[]
}

export interface WholePart {
  readonly column: number
  /** The names of the fields that lead to it. */
  readonly path: readonly string[]
}

/** What a chunk's rows are where they came from, besides their cells: so much that they can be written so again. */
export interface WholeRows {
  readonly columns: readonly WholeColumn[]
  /** JSON: the text of each row. */
  readonly records?: readonly string[]
  /** CSV: what stands between cells, and whether a line names the columns. */
  readonly text?: { readonly separator: string; readonly isNamed: boolean }
  /** Parquet: what its writer kept beside the table. */
  readonly metadata?: readonly { readonly key: string; readonly value?: string }[]
}

/** Consecutive rows of a table, as they were read. */
export interface TableChunk {
  readonly columns: readonly string[]
  /** Number of the first of these rows, from 0. */
  readonly first: number
  readonly rows: readonly (readonly Cell[])[]
  /** The same cells by column, where they were read so. */
  readonly byColumn?: readonly (readonly Cell[])[]
  /** The line on which each row begins, from 1, where the file has lines. */
  readonly lines?: readonly number[]
  /** Columns that are not among these, because their cells are not single values. */
  readonly unread?: readonly UnreadColumn[]
  /** What the reader left out or took for something up to here, each said once, in sentences for people. */
  readonly notes?: readonly string[]
  /** What each column is stored as, where its source has types; undefined for those of no type known here. */
  readonly types?: readonly (StoredType | undefined)[]
  /**
   * Where reading was asked to keep it: what the rows were in their source.
   *
   * @internal
   */
  readonly whole?: WholeRows
}
