import type { DuckDBConnection, DuckDBResult, DuckDBValue } from '@duckdb/node-api'
import { BetavaeError, fail } from '../../../../base/errors.ts'
import type { Cell } from '../../cell.ts'
import type { StoredType } from '../../stored-type.ts'
import { asTable, messageOf, type OpenedDatabase, type QueryColumn, quoted, refuseQuery } from './database.ts'
import { type OpenedDuckDb, openDuckDb } from './duckdb-module.ts'
import { duckDbCell, typeOfColumn } from './duckdb-types.ts'

async function* chunksOf(
  result: DuckDBResult,
  types: readonly (StoredType | undefined)[],
): AsyncGenerator<readonly (readonly Cell[])[]> {
  try {
    for await (const chunk of result) {
      const columns = chunk.getColumns()
      yield Array.from({ length: chunk.rowCount }, (_, row) =>
        columns.map((values: readonly DuckDBValue[], column) => duckDbCell(values[row], types[column])),
      )
    }
  } catch (error) {
    if (error instanceof BetavaeError) throw error
    refuseQuery('DuckDB', error)
  }
}

const columnsOf = (result: DuckDBResult): QueryColumn[] => {
  const types = result.columnTypes()
  return result.columnNames().map((name, column) => ({ name, type: typeOfColumn(types[column]) }))
}

async function streamed(connection: DuckDBConnection, query: string): Promise<DuckDBResult> {
  try {
    return await connection.stream(query)
  } catch (error) {
    return refuseQuery('DuckDB', error)
  }
}

const TABLES =
  "select table_name, table_type from information_schema.tables where table_schema = 'main' order by 1"

/** A DuckDB that is open, as any other database. */
export function openedDatabase({ connection, close }: OpenedDuckDb): OpenedDatabase {
  const listed = async () => {
    try {
      const all = await connection.runAndReadAll(TABLES)
      return all.getRows().map(([name, type]) => [`${name}`, `${type}`])
    } catch (error) {
      // Names that are none are found when they are asked for.
      return refuseTorn(messageOf(error), error)
    }
  }
  const inOrder = async (query: string) => {
    const { columnCount } = await streamed(connection, `select * from ${asTable(query)} limit 0`)
    const places = Array.from({ length: columnCount }, (_, column) => `${column + 1} nulls first`)
    return `select * from ${asTable(query)} order by ${places.join(', ')}`
  }
  return {
    inOrder,
    close,
    tables: async () => (await listed()).map(([name]) => name),
    async tableQuery(table) {
      const all = `select * from ${quoted(table)}`
      const [, type] = (await listed()).find(([name]) => name === table) ?? []
      return type === 'BASE TABLE' ? `${all} order by rowid` : inOrder(all)
    },
    async rows(query) {
      const result = await streamed(connection, query)
      const columns = columnsOf(result)
      return {
        columns,
        chunks: chunksOf(
          result,
          columns.map(({ type }) => type),
        ),
      }
    },
  }
}

/** Opens a DuckDB file for reading. Errors: `database/torn`, `database/version`, `peer/missing`. */
export async function openDuckDbFile(place: string): Promise<OpenedDatabase> {
  const opened = await openDuckDb(place, { access_mode: 'READ_ONLY' }).catch((error: unknown) =>
    error instanceof BetavaeError ? Promise.reject(error) : refuseTorn(messageOf(error), error),
  )
  return openedDatabase(opened)
}

/** What DuckDB says of a file of a version that it does not know. */
const OTHER_VERSION = /version number (\d+)|newer version|storage version/i

export function refuseTorn(what: string, cause?: unknown): never {
  if (OTHER_VERSION.test(cause instanceof Error ? cause.message : what))
    fail({
      code: 'database/version',
      seen: `a DuckDB file of a version that the installed DuckDB does not read (${what})`,
      wanted: 'a file that it reads',
      fix: "npm install @duckdb/node-api@latest; or copy the database in the DuckDB that wrote it: ATTACH 'old.duckdb' (STORAGE_VERSION 'v1.0.0'); COPY FROM DATABASE new TO old",
      cause,
    })
  return fail({
    code: 'database/torn',
    seen: `a DuckDB file that cannot be read (${what})`,
    wanted: 'a whole DuckDB database that nobody writes into',
    fix: 'close the program that holds it, or copy the file again',
    cause,
  })
}
