import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { SQLInputValue } from 'node:sqlite'
import type { Cell } from '../../cell.ts'
import type { PlainType, StoredType } from '../../stored-type.ts'
import { type QueryColumn, quoted, refuseWriting, type TableInsertion } from './database.ts'
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

const DECLARED: Readonly<Record<PlainType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  double: 'REAL',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  instant: 'TIMESTAMP',
  text: 'TEXT',
}

const declared = (type: StoredType = { kind: 'text' }): string =>
  type.kind === 'decimal' ? `DECIMAL(${type.precision}, ${type.scale})` : DECLARED[type.kind]

const stored = (cell: Cell): SQLInputValue =>
  typeof cell === 'boolean'
    ? Number(cell)
    : typeof cell === 'number' && Number.isSafeInteger(cell)
      ? BigInt(cell)
      : cell

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
      const fields = columns.map(({ name, type }) => `${quoted(name)} ${declared(type)}`)
      if (!append) database.exec(`create table ${quoted(table)} (${fields.join(', ')})`)
      const places = columns.map(() => '?').join(', ')
      const statement = database.prepare(`insert into ${quoted(table)} (${names}) values (${places})`)
      return {
        insert: async (rows) =>
          explained(() => {
            for (const row of rows) statement.run(...row.map(stored))
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
