import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { readOpening } from '../read-opening.ts'
import type { DatabaseKind } from './database.ts'
import { databases } from './index.ts'
import { postgres } from './postgres.ts'
import { isPostgres } from './postgres-url.ts'

/** A database, and what is meant of it. */
export interface DatabasePlace {
  readonly kind: DatabaseKind
  /** URL without password, or path. */
  readonly place: string
  readonly table?: string
}

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() === true

/** Takes `place#table` apart; a file whose own name holds `#` stays whole. */
async function taken(source: string): Promise<{ place: string; table?: string }> {
  const at = source.lastIndexOf('#')
  if (at < 0 || (!isPostgres(source) && (await isFile(source)))) return { place: source }
  return { place: source.slice(0, at), table: source.slice(at + 1) }
}

/** First bytes that tell a database. */
const TELLING = 16

/** The database that a source names, by its URL or the first bytes of its file; undefined for anything else. */
export async function databasePlace(source: string): Promise<DatabasePlace | undefined> {
  const { place, table } = await taken(source)
  const named = table === undefined ? { place } : { place, table }
  if (isPostgres(place)) return { kind: postgres, ...named }
  if (!(await isFile(place))) return undefined
  const opening = await readOpening(place, TELLING)
  const kind = databases.find(({ matches }) => matches(opening))
  return kind && { kind, ...named }
}

/** The database that a table is to be written into: one that is there, or a new file by its ending. */
export async function writablePlace(target: string): Promise<DatabasePlace | undefined> {
  const standing = await databasePlace(target)
  if (standing) return standing
  const { place, table } = await taken(target)
  if (table === undefined || (await isFile(place))) return undefined
  const kind = databases.find(({ endings }) => endings.includes(extname(place).slice(1).toLowerCase()))
  return kind && { kind, place, table }
}
