import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { BetavaeError } from '../../../../base/errors.ts'
import type { PlainType, StoredType } from '../../stored-type.ts'
import { type QueryColumn, quoted, refuseWriting, type TableInsertion } from './database.ts'
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

const DECLARED: Readonly<Record<PlainType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  double: 'DOUBLE',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  instant: 'TIMESTAMPTZ',
  text: 'VARCHAR',
}

const declared = (type: StoredType = { kind: 'text' }): string =>
  type.kind === 'decimal' ? `DECIMAL(${type.precision}, ${type.scale})` : DECLARED[type.kind]

/** Where rows wait as texts; they are read as what they are when all are there. */
const WAITING = 'betavae_waiting'

async function appendWaiting(connection: DuckDBConnection, columns: readonly QueryColumn[]) {
  const texts = columns.map((_, column) => `c${column} VARCHAR`)
  await connection.run(`create temporary table ${WAITING} (${texts.join(', ')})`)
  return connection.createAppender(WAITING, 'main', 'temp')
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
  const casts = columns.map(({ name, type }, at) => `cast(c${at} as ${declared(type)}) as ${quoted(name)}`)
  try {
    const appender = await explained(() => appendWaiting(connection, columns))
    return {
      insert: (rows) =>
        explained(async () => {
          for (const row of rows) {
            for (const cell of row)
              if (cell === null) appender.appendNull()
              else appender.appendVarchar(`${cell}`)
            appender.endRow()
          }
          appender.flushSync()
        }),
      async done() {
        const rows = `select ${casts.join(', ')} from ${WAITING} order by rowid`
        await explained(async () => {
          appender.closeSync()
          await connection.run(
            append
              ? `insert into ${quoted(table)} (${names.join(', ')}) ${rows}`
              : `create table ${quoted(table)} as ${rows}`,
          )
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
