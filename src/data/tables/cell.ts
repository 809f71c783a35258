import type { StoredType } from './stored-type.ts'

/** What a row holds in a column; null where nothing is known. */
export type Cell = string | number | boolean | null

/** A column that a table has and its reader leaves out, and why. @inline */
export interface UnreadColumn {
  readonly name: string
  readonly reason: string
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
}
