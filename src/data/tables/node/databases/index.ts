import type { DatabaseKind } from './database.ts'
import { duckdb } from './duckdb.ts'
import { postgres } from './postgres.ts'
import { sqlite } from './sqlite.ts'

/** Every kind of database. */
export const databases: readonly DatabaseKind[] = [postgres, sqlite, duckdb]
