import type { DatabaseKind } from './database.ts'
import { openApart } from './duckdb-apart.ts'
import { beginDuckDb, hasDuckDb } from './duckdb-writing.ts'

const OPENING = 8

/** DuckDB files, through the npm package `@duckdb/node-api`. */
export const duckdb: DatabaseKind = {
  name: 'DuckDB',
  endings: ['duckdb', 'ddb'],
  matches: (opening) => Buffer.from(opening.subarray(OPENING, OPENING + 4)).toString('latin1') === 'DUCK',
  open: (place) => openApart('file', place),
  has: hasDuckDb,
  begin: beginDuckDb,
}
