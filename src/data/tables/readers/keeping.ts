import type { Table } from '@uwdata/flechette'
import type { FileMetaData, SchemaTree } from 'hyparquet'
import type { WholeRows } from '../cell.ts'
import type { ArrowColumn } from './arrow-columns.ts'
import type { ArrowHints } from './arrow-hints.ts'
import type { ArrowTypes } from './arrow-types.ts'
import type { JsonObject } from './json-object.ts'
import type { StoredColumn } from './parquet-columns.ts'
import type { ColumnOfGroup } from './parquet-values.ts'

/** What a Parquet file says of its columns. */
export interface ParquetSchema {
  readonly table: SchemaTree
  readonly stored: readonly StoredColumn[]
  readonly hints: ArrowHints
  readonly metadata: FileMetaData['key_value_metadata']
}

/** Rows of an Arrow table that follow each other. */
export interface ArrowRows {
  readonly table: Table
  readonly types: ArrowTypes
  readonly read: readonly ArrowColumn[]
  readonly from: number
  readonly length: number
}

/**
 * How readers keep what rows were in their source, besides their cells. Whoever writes tables brings it: a page writes
 * none, and does not load it.
 */
export interface Keeping {
  csv(names: readonly string[], separator: string, isNamed: boolean): WholeRows
  json(keys: Iterable<string>, unread: readonly string[], objects: readonly JsonObject[]): WholeRows
  /** Of a file, then of a group of its rows, then of the next of these. */
  parquet(schema: ParquetSchema): (group: readonly ColumnOfGroup[]) => (count: number) => Promise<WholeRows>
  /** Of a part of a file; the bytes are messages that begin with its schema, where they stand one after another. */
  arrow(part: Uint8Array | readonly Uint8Array[], table: Table): (rows: ArrowRows) => WholeRows
}
