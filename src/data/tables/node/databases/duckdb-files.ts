import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { fail } from '../../../../base/errors.ts'
import { dataNameOf, fileNameOf } from '../../../file-name.ts'
import { messageOf, type OpenedDatabase, quoted } from './database.ts'

import { openDuckDb } from './duckdb-module.ts'
import { openedDatabase } from './duckdb-reading.ts'

/** The file that is named is known by this name, too. */
const DATA = 'data'

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const PARQUET = /\.(?:parquet|pq)$/i
const JSON_LINES = /\.(?:jsonl|ndjson|jsonlines|json)(?:\.gz)?$/i
const CSV = /\.(?:csv|tsv|tab|psv|txt)(?:\.gz)?$/i

const readable = (file: string): boolean => [PARQUET, JSON_LINES, CSV].some((ending) => ending.test(file))

/**
 * Columns of a CSV that DuckDB takes for whole numbers though some are written with zeros in front, such as zip codes:
 * they are to stay texts.
 */
async function codesIn(connection: DuckDBConnection, path: string): Promise<string[]> {
  const sniffed = await connection.runAndReadAll(`describe select * from read_csv(${literal(path)})`)
  const whole = sniffed.getRows().flatMap(([name, type]) => (/INT/.test(`${type}`) ? [`${name}`] : []))
  if (whole.length === 0) return []
  const tests = whole.map((name) => `bool_or(regexp_matches(${quoted(name)}, '^\\s*[+-]?0\\d'))`)
  const found = await connection.runAndReadAll(
    `select ${tests.join(', ')} from read_csv(${literal(path)}, all_varchar = true)`,
  )
  return whole.filter((_, at) => found.getRows()[0][at] === true)
}

/** How DuckDB is to read a file. */
async function reading(connection: DuckDBConnection, path: string): Promise<string> {
  if (PARQUET.test(path)) return `read_parquet(${literal(path)})`
  if (JSON_LINES.test(path)) return `read_json(${literal(path)})`
  const codes = await codesIn(connection, path)
  const types = codes.map((name) => `${literal(name)}: 'VARCHAR'`)
  return `read_csv(${literal(path)}${types.length > 0 ? `, types = {${types.join(', ')}}` : ''})`
}

/**
 * A file, a folder of files or a glob as a database: each file a table by its name, and the one that is named also
 * `data`; paths in queries are looked for beside it. Errors: `peer/missing`, `query/file`.
 */
export async function openFiles(path: string): Promise<OpenedDatabase> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true
  const folder = resolve(isFolder ? path : dirname(path))
  const files = isFolder
    ? (await readdir(folder)).filter(readable).map((file) => join(folder, file))
    : [resolve(path)]
  const opened = await openDuckDb(':memory:', { file_search_path: folder })
  const { connection } = opened
  try {
    for (const file of files) {
      const rows = await reading(connection, file)
      const names = isFolder ? [dataNameOf(file)] : new Set([dataNameOf(file), DATA])
      for (const name of names) await connection.run(`create view ${quoted(name)} as select * from ${rows}`)
    }
    return openedDatabase(opened)
  } catch (error) {
    await opened.close()
    return fail({
      code: 'query/file',
      seen: `DuckDB does not read ${fileNameOf(path)} (${messageOf(error)})`,
      wanted: 'Parquet, CSV or JSON, or a database, to run a query on',
      fix: 'leave --query out where the file is read without it, or save it as Parquet',
      usage: true,
      cause: error,
    })
  }
}
