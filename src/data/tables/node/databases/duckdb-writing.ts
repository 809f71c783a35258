import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import { BetavaeError } from '../../../../base/errors.ts'
import type { Cell } from '../../cell.ts'
import type { StoredType } from '../../stored-type.ts'
import {
  databaseValue,
  declaredIn,
  type QueryColumn,
  quoted,
  refuseWriting,
  type TableInsertion,
  type TypeNames,
} from './database.ts'
import { openDuckDb } from './duckdb-module.ts'

async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BetavaeError) throw error
    return refuseWriting('DuckDB', error)
  }
}

/** Whether a table or view is there; a file that does not stand yet has none. */
export async function hasDuckDb(place: string, table: string): Promise<boolean> {
  if (!existsSync(place)) return false
  return explained(async () => {
    const { connection, close } = await openDuckDb(place, { access_mode: 'READ_ONLY' })
    try {
      const query = 'select count(*) from information_schema.tables where lower(table_name) = lower($1)'
      const found = await connection.runAndReadAll(query, [table])
      return Number(found.getRows()[0][0]) > 0
    } finally {
      await close()
    }
  })
}

const NAMES: TypeNames = {
  database: 'DuckDB',
  plain: {
    boolean: 'BOOLEAN',
    integer: 'BIGINT',
    double: 'DOUBLE',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    instant: 'TIMESTAMPTZ',
    time: 'TIME',
    uuid: 'UUID',
    json: 'VARCHAR',
    bytes: 'BLOB',
    text: 'VARCHAR',
  },
  float: 'FLOAT',
  nanoseconds: { timestamp: 'TIMESTAMP_NS' },
  // Of more digits it knows no decimals; as texts they are all there.
  decimal: (precision, scale) => (precision > 38 ? 'VARCHAR' : `DECIMAL(${precision}, ${scale})`),
}

const declared = (type: StoredType | undefined): string => declaredIn(NAMES, type)

const hex = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`

/** A value as a text that DuckDB reads as what it is. */
const textOf = (value: Cell | Uint8Array): string =>
  value instanceof Uint8Array ? Array.from(value, hex).join('') : `${value}`

/** Where rows wait as texts; they are read as what they are when all are there. */
const WAITING = 'betavae_waiting'

/** Begins the transaction, and gives what rows are put into until all have come. */
async function begun(connection: DuckDBConnection, columns: readonly QueryColumn[]): Promise<DuckDBAppender> {
  const texts = columns.map((_, column) => `c${column} VARCHAR`)
  await connection.run('begin transaction')
  await connection.run(`create temporary table ${WAITING} (${texts.join(', ')})`)
  return connection.createAppender(WAITING, 'main', 'temp')
}

/** Instants of nanoseconds are texts only where one has some: DuckDB keeps microseconds of them. */
async function declaredFor(
  connection: DuckDBConnection,
  type: StoredType | undefined,
  column: number,
): Promise<string> {
  if (type?.kind !== 'instant' || type.decimals !== 9) return declared(type)
  const finer = `select count(*) from ${WAITING} where regexp_matches(c${column}, '\\.\\d{6}0*[1-9]')`
  const found = await connection.runAndReadAll(finer)
  return Number(found.getRows()[0][0]) > 0 ? declared(type) : NAMES.plain.instant
}

/** Begins a table, or rows at the end of one; a new file is taken away again where that fails. */
export async function beginDuckDb(
  place: string,
  table: string,
  columns: readonly QueryColumn[],
  append: boolean,
): Promise<TableInsertion> {
  const isNew = !existsSync(place)
  const { connection, close } = await explained(() => openDuckDb(place))
  const abandon = async () => {
    await close()
    if (isNew) await rm(place, { force: true })
  }
  const names = columns.map(({ name }) => quoted(name))
  try {
    const appender = await explained(() => begun(connection, columns))
    return {
      insert: (rows) =>
        explained(async () => {
          for (const row of rows) {
            for (const [at, cell] of row.entries())
              if (cell === null) appender.appendNull()
              else appender.appendVarchar(textOf(databaseValue(cell, columns[at].type)))
            appender.endRow()
          }
          appender.flushSync()
        }),
      async done() {
        await explained(async () => {
          appender.closeSync()
          const types = await Promise.all(columns.map(({ type }, at) => declaredFor(connection, type, at)))
          const fields = names.map((name, at) => `${name} ${types[at]}`)
          if (!append) await connection.run(`create table ${quoted(table)} (${fields.join(', ')})`)
          const casts = types.map((type, at) => `cast(c${at} as ${type})`)
          const rows = `select ${casts.join(', ')} from ${WAITING} order by rowid`
          await connection.run(`insert into ${quoted(table)} (${names.join(', ')}) ${rows}`)
          await connection.run('commit')
        })
        await close()
      },
      abandon,
    }
  } catch (error) {
    await abandon()
    throw error
  }
}
