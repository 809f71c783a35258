import type { Client } from 'pg'
import {
  databaseValue,
  declaredIn,
  type QueryColumn,
  quoted,
  refuseWriting,
  type TableInsertion,
  type TypeNames,
} from './database.ts'
import { openClient } from './postgres-client.ts'

/** A table's name as SQL has it, with its schema where one is named. */
export const quotedTable = (table: string): string => table.split('.').map(quoted).join('.')

async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    return refuseWriting('PostgreSQL', error)
  }
}

/** Whether a table or view is there. */
export async function hasPostgres(place: string, table: string): Promise<boolean> {
  const client = await openClient(place)
  try {
    const { rows } = await explained(() =>
      client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [quotedTable(table)]),
    )
    return rows[0].there
  } finally {
    await client.end()
  }
}

const NAMES: TypeNames = {
  database: 'PostgreSQL',
  plain: {
    boolean: 'boolean',
    integer: 'bigint',
    double: 'double precision',
    date: 'date',
    timestamp: 'timestamp',
    instant: 'timestamptz',
    time: 'time',
    uuid: 'uuid',
    json: 'jsonb',
    bytes: 'bytea',
    text: 'text',
  },
  float: 'real',
  decimal: (precision, scale) => `numeric(${precision}, ${scale})`,
}

/** The most values that a statement may have, and rows that are sent together. */
const MOST_VALUES = 60_000
const MOST_ROWS = 1000

async function insertRows(
  client: Client,
  table: string,
  columns: readonly QueryColumn[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const width = Math.max(columns.length, 1)
  const together = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / width)))
  const names = columns.map(({ name }) => quoted(name)).join(', ')
  for (let first = 0; first < rows.length; first += together) {
    const part = rows.slice(first, first + together)
    const places = part.map(
      (row, at) => `(${row.map((_, column) => `$${at * width + column + 1}`).join(', ')})`,
    )
    const text = `insert into ${quotedTable(table)} (${names}) values ${places.join(', ')}`
    const values = part.flatMap((row) => row.map((value, at) => databaseValue(value, columns[at].type)))
    await client.query(text, values)
  }
}

/** Begins a table, or rows at the end of one, in one transaction. */
export async function beginPostgres(
  place: string,
  table: string,
  columns: readonly QueryColumn[],
  append: boolean,
): Promise<TableInsertion> {
  const client = await openClient(place)
  try {
    await explained(async () => {
      await client.query('begin')
      const fields = columns.map(({ name, type }) => `${quoted(name)} ${declaredIn(NAMES, type)}`)
      if (!append) await client.query(`create table ${quotedTable(table)} (${fields.join(', ')})`)
    })
  } catch (error) {
    await client.end()
    throw error
  }
  return {
    insert: (rows) => explained(() => insertRows(client, table, columns, rows)),
    async done() {
      await explained(() => client.query('commit'))
      await client.end()
    },
    // A transaction whose connection ends is undone.
    abandon: () => client.end(),
  }
}
