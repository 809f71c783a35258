import { stat } from 'node:fs/promises'
import { fail } from '../../../../base/errors.ts'
import { withoutSourcePassword } from '../../../../base/source-password.ts'
import { dataNameOf, fileNameOf } from '../../../file-name.ts'
import { pathFix } from '../../../node/near-path.ts'
import type { TableChunk } from '../../cell.ts'
import { columnList } from '../../chunk-checks.ts'
import { columnNames } from '../../column-names.ts'
import { checkedQuery, isOrdered } from '../../query.ts'
import { chunksInFile, type TableStream } from '../../stream.ts'
import type { OpenedDatabase } from './database.ts'
import { openApart } from './duckdb-apart.ts'
import { type DatabasePlace, databasePlace } from './place.ts'

/** What of a database is read: a table, or what a query gives. */
interface Wanted {
  readonly table?: string
  readonly query?: string
}

function refuseTable(tables: readonly string[], table: string | undefined): never {
  const none = tables.length === 0
  return fail({
    code: 'database/table',
    seen: table === undefined ? `${none ? 'no table' : `${tables.length} tables`}` : `no table "${table}"`,
    wanted: none ? 'a database with a table' : `one of ${columnList(tables)}`,
    fix: 'name it after the database, such as shop.sqlite#visits, or give a --query',
    usage: true,
  })
}

/** The query whose rows are the table. */
async function queryOf(database: OpenedDatabase, { table, query }: Wanted): Promise<string> {
  if (query !== undefined) return isOrdered(query) ? query : database.inOrder(query)
  const tables = await database.tables()
  const [only] = tables
  if (table === undefined && tables.length !== 1) refuseTable(tables, table)
  if (table !== undefined && !tables.includes(table)) refuseTable(tables, table)
  return database.tableQuery(table ?? only)
}

async function* chunksOf(open: () => Promise<OpenedDatabase>, wanted: Wanted): AsyncGenerator<TableChunk> {
  const database = await open()
  try {
    const { columns: found, chunks } = await database.rows(await queryOf(database, wanted))
    const columns = columnNames(found.map(({ name }) => name))
    const types = found.map(({ type }) => type)
    let first = 0
    for await (const rows of chunks) {
      yield { columns, types, first, rows }
      first += rows.length
    }
    if (first === 0) refuseEmpty()
  } finally {
    await database.close()
  }
}

const refuseEmpty = (): never =>
  fail({
    code: 'table/empty',
    seen: 'no row',
    wanted: 'at least one row',
    fix: 'check the table, or what the query asks for',
  })

/** What a table is called: by its own name, else by the database's. */
const nameOf = ({ place, table }: Pick<DatabasePlace, 'place' | 'table'>): string =>
  table ?? dataNameOf(withoutSourcePassword(place).replace(/\?.*$/, ''))

/**
 * A table of a database, or what a query gives: of PostgreSQL, SQLite and DuckDB, and by DuckDB of Parquet, CSV and
 * JSON files. Undefined for a file without a query, which is read as it is.
 *
 * A table comes in the order of its key, a query without ORDER BY in the order of all its columns. Each reading sees one
 * moment of the database. Errors: `query/…`, `database/…`, `peer/missing`, `table/empty`, `table/column-names`.
 */
export async function openDatabaseTable(source: string, query?: string): Promise<TableStream | undefined> {
  const found = await databasePlace(source)
  if (found === undefined && query === undefined) return undefined
  if (found === undefined) await refuseMissing(source)
  const { kind, place, table } = found ?? { kind: undefined, place: source }
  if (table !== undefined && query !== undefined) refuseBoth(source)
  const wanted = { table, ...(query === undefined ? {} : { query: checkedQuery(query) }) }
  const open = () => (kind === undefined ? openApart('files', place) : kind.open(place))
  const file = withoutSourcePassword(kind?.endings.length === 0 ? source : fileNameOf(source))
  return {
    name: nameOf({ place, table }),
    file,
    format: kind?.name ?? 'files, through DuckDB',
    canRestart: true,
    chunks: () => chunksInFile(file, chunksOf(open, wanted)),
  }
}

const isGlob = (path: string): boolean => /[*?[]/.test(path)

async function refuseMissing(path: string): Promise<void> {
  if (isGlob(path) || (await stat(path).catch(() => undefined))) return
  fail({
    code: 'data/missing',
    seen: `no file or folder "${path}"`,
    wanted: 'a database, or files to run the query on',
    fix: await pathFix(path),
    usage: true,
  })
}

const refuseBoth = (source: string): never =>
  fail({
    code: 'query/and-table',
    seen: `a query beside the table that "${source}" names`,
    wanted: 'one of the two',
    fix: 'leave out what stands after #, or the query',
    usage: true,
  })
