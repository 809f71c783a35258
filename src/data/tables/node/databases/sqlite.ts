import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import { BetavaeError, fail } from '../../../../base/errors.ts'
import type { Cell } from '../../cell.ts'
import { cellOf } from '../../cell-of.ts'
import { beginsWith } from '../../readers/reader.ts'
import { decimalType, type StoredType } from '../../stored-type.ts'
import {
  asTable,
  type DatabaseKind,
  FETCHED_ROWS,
  messageOf,
  type OpenedDatabase,
  type QueryColumn,
  type QueryRows,
  quoted,
  refuseQuery,
} from './database.ts'
import { openSqliteModule } from './sqlite-module.ts'
import { beginSqlite, hasSqlite } from './sqlite-writing.ts'

/** Types by what a column was declared as; SQLite itself does not hold values to it. */
const DECLARED: readonly (readonly [RegExp, StoredType])[] = [
  [/^bool/i, { kind: 'boolean' }],
  [/^date$/i, { kind: 'date' }],
  [/^(?:datetime|timestamp)/i, { kind: 'timestamp' }],
  [/int/i, { kind: 'integer' }],
  [/real|floa|doub/i, { kind: 'double' }],
  [/char|text|clob/i, { kind: 'text' }],
  [/^blob$/i, { kind: 'bytes' }],
]

/** The most that `toFixed` gives. */
const MOST_DIGITS = 100

function typeOf(declared: string | null | undefined): StoredType | undefined {
  const name = declared ?? ''
  const [, precision, scale] = /^(?:decimal|numeric)\((\d+), *(\d+)\)$/i.exec(name) ?? []
  const type =
    precision === undefined
      ? DECLARED.find(([pattern]) => pattern.test(name))?.[1]
      : decimalType(Number(precision), Number(scale))
  return type && { ...type, named: { by: 'SQLite', name } }
}

/**
 * A value as a cell: 0 and 1 of what was declared a boolean are false and true, of what was declared a decimal a number
 * has its digits, bytes are their hexadecimal text.
 */
function sqliteCell(value: SQLOutputValue, type: StoredType | undefined): Cell {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (type?.kind === 'boolean' && (value === 0n || value === 1n)) return value === 1n
  if (type?.kind === 'decimal' && typeof value !== 'string' && value !== null) {
    const text = Number(value).toFixed(Math.min(type.scale, MOST_DIGITS))
    if (Number(text) === Number(value)) return text
  }
  return cellOf(value, () => '')
}

function described(statement: StatementSync): QueryColumn[] {
  return statement.columns().map(({ name, column, type }) => ({
    name: name ?? column ?? '',
    type: typeOf(type),
  }))
}

async function* chunksOf(
  statement: StatementSync,
  columns: readonly QueryColumn[],
): AsyncGenerator<readonly (readonly Cell[])[]> {
  let rows: Cell[][] = []
  // The types say objects, which lose columns of one name.
  for (const row of statement.iterate() as Iterable<unknown> as Iterable<SQLOutputValue[]>) {
    rows.push(row.map((value, column) => sqliteCell(value, columns[column].type)))
    if (rows.length < FETCHED_ROWS) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

function prepared(database: DatabaseSync, query: string): StatementSync {
  try {
    const statement = database.prepare(query)
    statement.setReadBigInts(true)
    statement.setReturnArrays(true)
    return statement
  } catch (error) {
    return refuseQuery('SQLite', error)
  }
}

/** Runs through chunks; what the file itself does wrong comes out as an error of ours. */
async function* explained<Chunk>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  try {
    yield* chunks
  } catch (error) {
    if (error instanceof BetavaeError) throw error
    refuseQuery('SQLite', error)
  }
}

interface ListedTable {
  readonly type: string
  readonly wr: number
}

function openedDatabase(database: DatabaseSync): OpenedDatabase {
  const ask = (query: string): QueryRows => {
    const statement = prepared(database, query)
    const columns = described(statement)
    return { columns, chunks: explained(chunksOf(statement, columns)) }
  }
  const inOrder = async (query: string) => {
    const places = ask(query).columns.map((_, column) => `${column + 1} nulls first`)
    return `select * from ${asTable(query)} order by ${places.join(', ')}`
  }
  return {
    inOrder,
    rows: async (query) => ask(query),
    async tables() {
      const listed = database.prepare(
        "select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by name",
      )
      return listed.all().map(({ name }) => String(name))
    },
    async tableQuery(table) {
      const all = `select * from ${quoted(table)}`
      const found = database.prepare('select type, wr from pragma_table_list(?)').get(table)
      const { type, wr } = found as unknown as ListedTable
      return type === 'table' && wr === 0 ? `${all} order by rowid` : inOrder(all)
    },
    async close() {
      database.close()
    },
  }
}

/** SQLite files, read by Node.js itself. */
export const sqlite: DatabaseKind = {
  name: 'SQLite',
  endings: ['sqlite', 'sqlite3', 'db', 'db3'],
  matches: (opening) => beginsWith(opening, 'SQLite format 3\0'),
  async open(place) {
    const { DatabaseSync } = openSqliteModule()
    const database = new DatabaseSync(place, { readOnly: true })
    try {
      // What is no database, or a torn one, shows at the first question.
      database.prepare('select count(*) from sqlite_schema').get()
      return openedDatabase(database)
    } catch (error) {
      database.close()
      return refuseTorn(error)
    }
  },
  has: hasSqlite,
  begin: beginSqlite,
}

const refuseTorn = (cause: unknown): never =>
  fail({
    code: 'database/torn',
    seen: `an SQLite file that cannot be read (${messageOf(cause)})`,
    wanted: 'a whole, unencrypted SQLite database',
    fix: 'copy the file again, with its -wal beside it',
    cause,
  })
