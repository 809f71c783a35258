/** One table in every form that it can be read from. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { Client } from 'pg'
import { fillNormal, fillUniform, streamOf } from '../../src/base/random.ts'
import { sheetOf, workbook } from '../../src/data/tables/readers/excel.testing.ts'

export interface Visit {
  readonly id: number
  readonly day: string
  readonly ward: string | null
  readonly minutes: number
  readonly cost: string | null
  readonly count: number
  readonly urgent: boolean
}

const ROWS = 400
const DAY = 86_400_000
const WARDS = ['east', 'north', 'south']

/** Rows with every kind of column, gaps, and an order that is not that of any column but the key. */
export function visits(): Visit[] {
  const numbers = (draw: typeof fillNormal, step: number) =>
    draw(new Float32Array(ROWS), { seed: 1, stream: streamOf('visits'), step })
  const [size, away, gap] = [numbers(fillNormal, 0), numbers(fillNormal, 1), numbers(fillUniform, 2)]
  return Array.from({ length: ROWS }, (_, row) => ({
    id: row + 1,
    day: new Date(Date.UTC(2023, 0, 1) + Math.floor(gap[row] * 500) * DAY).toISOString().slice(0, 10),
    ward: gap[row] < 0.05 ? null : WARDS[(row * 7) % 3],
    minutes: Math.round(100 * (30 + 8 * size[row])) / 100,
    cost: gap[row] > 0.9 ? null : (200 + 40 * size[row] + 5 * away[row]).toFixed(2),
    count: Math.max(0, Math.round(2 + size[row])),
    urgent: size[row] > 0.5,
  }))
}

export const COLUMNS = ['id', 'day', 'ward', 'minutes', 'cost', 'count', 'urgent'] as const

export function writeCsv(folder: string, rows: readonly Visit[]): string {
  const lines = rows.map((row) => COLUMNS.map((name) => row[name] ?? '').join(','))
  return written(join(folder, 'visits.csv'), [COLUMNS.join(','), ...lines, ''].join('\n'))
}

/** Decimals as texts, which keep their digits. */
export function writeJsonLines(folder: string, rows: readonly Visit[]): string {
  const lines = rows.map((row) => JSON.stringify(row))
  return written(join(folder, 'visits.jsonl'), `${lines.join('\n')}\n`)
}

const EXCEL_BEGIN = Date.UTC(1899, 11, 30)

/** A cell as Excel has it: a day is a number with a style, a decimal that keeps its digits a text. */
function excelCell(name: (typeof COLUMNS)[number], value: string | number | boolean | null): string {
  if (value === null) return '<c/>'
  if (name === 'day') return `<c s="1"><v>${(Date.parse(`${value}`) - EXCEL_BEGIN) / DAY}</v></c>`
  if (typeof value === 'boolean') return `<c t="b"><v>${Number(value)}</v></c>`
  return typeof value === 'number'
    ? `<c><v>${value}</v></c>`
    : `<c t="inlineStr"><is><t>${value}</t></is></c>`
}

export function writeExcel(folder: string, rows: readonly Visit[]): string {
  const names = COLUMNS.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`)
  const cells = rows.map((row) => COLUMNS.map((name) => excelCell(name, row[name])))
  const lines = [names, ...cells].map(
    (line, at) => `<row r="${at + 1}">${line.map(placed(at + 1)).join('')}</row>`,
  )
  return written(join(folder, 'visits.xlsx'), workbook(sheetOf(lines.join(''))))
}

/** Names the place of a cell, such as B7. */
const placed =
  (row: number) =>
  (cell: string, column: number): string =>
    cell.replace('<c', `<c r="${'ABCDEFG'[column]}${row}"`)

export function writeParquet(folder: string, rows: readonly Visit[]): string {
  const writer = new ByteWriter()
  const optional = { repetition_type: 'OPTIONAL' } as const
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'schema', num_children: COLUMNS.length },
      { name: 'id', type: 'INT32', ...optional },
      { name: 'day', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional },
      { name: 'ward', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional },
      { name: 'minutes', type: 'DOUBLE', ...optional },
      { name: 'cost', type: 'INT64', converted_type: 'DECIMAL', precision: 10, scale: 2, ...optional },
      { name: 'count', type: 'INT32', ...optional },
      { name: 'urgent', type: 'BOOLEAN', ...optional },
    ],
  })
  const columnData = COLUMNS.map((name) => ({
    name,
    data: rows.map((row) =>
      name === 'cost' && row.cost !== null ? BigInt(row.cost.replace('.', '')) : row[name],
    ),
  }))
  file.write({ columnData })
  file.finish()
  return written(join(folder, 'visits.parquet'), writer.getBytes())
}

export function writeSqlite(folder: string, rows: readonly Visit[]): string {
  const path = join(folder, 'shop.sqlite')
  const database = new DatabaseSync(path)
  database.exec(
    'create table visits (id integer primary key, day date, ward text, minutes real, cost decimal(10, 2), count integer, urgent boolean)',
  )
  const insert = database.prepare('insert into visits values (?, ?, ?, ?, ?, ?, ?)')
  database.exec('begin')
  for (const row of rows)
    insert.run(row.id, row.day, row.ward, row.minutes, row.cost, row.count, Number(row.urgent))
  database.exec('commit; create table other (a)')
  database.close()
  return path
}

export async function writeDuckDb(folder: string, csv: string): Promise<string> {
  const path = join(folder, 'shop.duckdb')
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(
    `create table visits (id integer primary key, day date, ward varchar, minutes double, cost decimal(10, 2), count integer, urgent boolean)`,
  )
  await connection.run(`insert into visits from read_csv('${csv}')`)
  connection.closeSync()
  instance.closeSync()
  return path
}

export async function fillPostgres(url: string, rows: readonly Visit[]): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(
    'create table visits (id bigint primary key, day date, ward text, minutes double precision, cost numeric(10, 2), count integer, urgent boolean)',
  )
  // From the last to the first, so that the order of storage is not that of the key.
  for (const row of [...rows].reverse())
    await client.query('insert into visits values ($1, $2, $3, $4, $5, $6, $7)', Object.values(row))
  await client.end()
}

function written(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content)
  return path
}
