import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { SQLInputValue } from 'node:sqlite'
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
import { openSqliteModule } from './sqlite-module.ts'

/** Whether a table or view is there; a file that does not stand yet has none. */
export async function hasSqlite(place: string, table: string): Promise<boolean> {
  const { DatabaseSync } = openSqliteModule()
  if (!existsSync(place)) return false
  const database = new DatabaseSync(place, { readOnly: true })
  try {
    // Names differ by more than their case here.
    const found = 'select 1 from sqlite_schema where name = ? collate nocase'
    return database.prepare(found).get(table) !== undefined
  } catch (error) {
    return refuseWriting('SQLite', error)
  } finally {
    database.close()
  }
}

const NAMES: TypeNames = {
  database: 'SQLite',
  plain: {
    boolean: 'BOOLEAN',
    integer: 'INTEGER',
    double: 'REAL',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    instant: 'TIMESTAMP',
    time: 'TEXT',
    uuid: 'TEXT',
    json: 'TEXT',
    bytes: 'BLOB',
    text: 'TEXT',
  },
  // What it takes for a number it keeps as a double, which has 15 digits.
  decimal: (precision, scale) => (precision > 15 ? 'TEXT' : `DECIMAL(${precision}, ${scale})`),
}

/** Whole numbers stay such, and what was read as the hexadecimal text of bytes becomes bytes again. */
function stored(value: unknown, type: StoredType | undefined): SQLInputValue {
  const cell = databaseValue(value, type)
  if (typeof cell === 'boolean') return Number(cell)
  if (typeof cell === 'string' && type?.kind === 'bytes') return Buffer.from(cell, 'hex')
  return typeof cell === 'number' && Number.isSafeInteger(cell) ? BigInt(cell) : cell
}

/** Begins a table, or rows at the end of one, in one transaction; a new file is taken away again where that fails. */
export async function beginSqlite(
  place: string,
  table: string,
  columns: readonly QueryColumn[],
  append: boolean,
): Promise<TableInsertion> {
  const { DatabaseSync } = openSqliteModule()
  const isNew = !existsSync(place)
  const explained = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (error) {
      return refuseWriting('SQLite', error)
    }
  }
  const database = explained(() => new DatabaseSync(place))
  const abandon = async () => {
    // A transaction that has not ended is undone.
    if (database.isOpen) database.close()
    if (isNew) await rm(place, { force: true })
  }
  const names = columns.map(({ name }) => quoted(name)).join(', ')
  try {
    return explained(() => {
      database.exec('begin immediate')
      const fields = columns.map(({ name, type }) => `${quoted(name)} ${declaredIn(NAMES, type)}`)
      if (!append) database.exec(`create table ${quoted(table)} (${fields.join(', ')})`)
      const places = columns.map(() => '?').join(', ')
      const statement = database.prepare(`insert into ${quoted(table)} (${names}) values (${places})`)
      return {
        insert: async (rows) =>
          explained(() => {
            for (const row of rows) statement.run(...row.map((value, at) => stored(value, columns[at].type)))
          }),
        done: async () =>
          explained(() => {
            database.exec('commit')
            database.close()
          }),
        abandon,
      }
    })
  } catch (error) {
    await abandon()
    throw error
  }
}
