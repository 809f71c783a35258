import { fail } from '../../../../base/errors.ts'
import type { Cell } from '../../cell.ts'
import { storedJson } from '../../stored-json.ts'
import { type PlainType, plainKind, type StoredType } from '../../stored-type.ts'

/** A column of what a query gives. */
export interface QueryColumn {
  readonly name: string
  /** Undefined for types not known here. */
  readonly type?: StoredType
}

/** Rows of a query, as they come. */
export interface QueryRows {
  readonly columns: readonly QueryColumn[]
  /** Some rows at a time; to be read once. */
  readonly chunks: AsyncIterable<readonly (readonly Cell[])[]>
}

/** A database that is open for reading. */
export interface OpenedDatabase {
  /** The names of its tables and views. */
  tables(): Promise<readonly string[]>
  /** A query for all rows of a table, in an order that stays the same while the rows do. */
  tableQuery(table: string): Promise<string>
  /** The rows of a query in the order of all their columns, so that the same rows come in the same order. */
  inOrder(query: string): Promise<string>
  /** Runs a query. Error: `database/query`. */
  rows(query: string): Promise<QueryRows>
  close(): Promise<void>
}

/** A table that is being made, or one that rows are added to, in one transaction. */
export interface TableInsertion {
  insert(rows: readonly (readonly unknown[])[]): Promise<void>
  /** Everything is there: the table appears. */
  done(): Promise<void>
  /** Leaves the database as it was. */
  abandon(): Promise<void>
}

/** A kind of database. */
export interface DatabaseKind {
  readonly name: string
  /** Endings of its files, without the dot. */
  readonly endings: readonly string[]
  /** Whether a file that begins with these bytes is one. */
  matches(opening: Uint8Array): boolean
  open(place: string): Promise<OpenedDatabase>
  /** Whether a table of this name is there; false where there is no database yet. */
  has(place: string, table: string): Promise<boolean>
  /** Begins a table of these columns, or rows at the end of one that is there. */
  begin(
    place: string,
    table: string,
    columns: readonly QueryColumn[],
    append: boolean,
  ): Promise<TableInsertion>
}

/** How a database calls types. */
export interface TypeNames {
  readonly database: string
  readonly plain: Readonly<Record<PlainType, string>>
  /** A number of 32 bits or fewer, where that is another type. */
  readonly float?: string
  /** Those that keep nanoseconds; the others are kept as texts. */
  readonly nanoseconds?: Readonly<Partial<Record<PlainType, string>>>
  decimal(precision: number, scale: number): string
}

/** Digits of the largest whole number of 64 bits without a sign. */
const UNSIGNED_DIGITS = 20

/** What a column is declared as: as it is where it comes from, where that is a database of the same kind. */
export function declaredIn(
  { database, plain, float = plain.double, nanoseconds, decimal }: TypeNames,
  type: StoredType = { kind: 'text' },
): string {
  if (type.named?.by === database) return type.named.name
  if (type.kind === 'decimal') return decimal(type.precision, type.scale)
  if (type.kind === 'integer' && type.isUnsigned && type.bits === 64) return decimal(UNSIGNED_DIGITS, 0)
  if (type.kind === 'double') return (type.bits ?? 64) < 64 ? float : plain.double
  const kind = plainKind(type) as PlainType
  const isLong = 'decimals' in type && type.decimals === 9 && kind !== 'double'
  return isLong ? (nanoseconds?.[kind] ?? plain.text) : plain[kind]
}

/** A value as databases take it: a cell, or bytes; lists and structures as JSON. */
export const databaseValue = (value: unknown, type: StoredType | undefined): Cell | Uint8Array =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    ? storedJson(value, type)
    : (value as Cell | Uint8Array)

/** Rows that are handed on together. */
export const FETCHED_ROWS = 4096

/** A name as SQL has it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A query as a table of another; a comment at its end must not reach what follows. */
export const asTable = (query: string): string => `(${query}\n)`

/** What a database said of a query, in the words of this project. */
export const refuseQuery = (database: string, cause: unknown): never =>
  fail({
    code: 'database/query',
    seen: `${database} refuses the query (${messageOf(cause)})`,
    wanted: 'a query that it runs',
    fix: 'correct the query; run it in a client of the database first',
    usage: true,
    cause,
  })

/** What a database said when it was to write. */
export const refuseWriting = (database: string, cause: unknown): never =>
  fail({
    code: 'database/write',
    seen: `${database} does not write the table (${messageOf(cause)})`,
    wanted: 'a database that may be written to, and rows of its columns',
    fix: 'see what it says, or name another table',
    cause,
  })

export const messageOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : `${cause}`).split('\n')[0].slice(0, 200)
