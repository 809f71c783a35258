import { extname } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { type DatabasePlace, writablePlace } from '../../../data/tables/node/databases/place.ts'
import { withoutPassword } from '../../../data/tables/node/databases/postgres-url.ts'
import type { WaitingRows } from '../../../data/tables/node/waiting-rows.ts'
import { writers } from '../../../data/tables/node/writers/index.ts'
import type { TableWriter } from '../../../data/tables/node/writers/writer.ts'
import { openWhole } from '../../../runs/node/files.ts'
import { fileOutput, type TableOutput, waiting } from './writing.ts'

/** Where rows go. */
export interface OutputTarget {
  /** A file; its ending says how it is written. */
  readonly out?: string
  /** A table of a database: `postgres://…#table`, `shop.sqlite#table` or `shop.duckdb#table`. */
  readonly into?: string
  /** Whether rows are put at the end of a table that is there. */
  readonly append?: boolean
  /** What stands between the cells of a .csv; default: what does in the rows' source, else a comma. */
  readonly separator?: string | undefined
  /** Whether texts that a spreadsheet would compute are written into a .csv so that it shows them. */
  readonly isDefused?: boolean | undefined
}

/**
 * Checks where rows are to go, before any of them is made, and gives the way to begin.
 *
 * `others` are endings that the caller writes by itself. Types of columns are kept: those that the rows' source has,
 * else those that hold all cells. Errors (usage): `output/both`, `output/kind`, `output/table`, `output/exists`, `output/absent`; `files/write`, `database/…`,
 * `peer/missing`.
 */
export async function tableOutput(
  { out, into, append = false, ...asked }: OutputTarget,
  others: readonly string[] = [],
): Promise<() => Promise<TableOutput>> {
  if (out !== undefined && into !== undefined) refuseBoth()
  if (into !== undefined) {
    const place = await checkedPlace(into, append)
    return async () => waiting((rows) => insertAll(place, append, rows), { isNested: false })
  }
  if (append) refuseAppend()
  const writer = writerOf(out ?? '', others)
  return async () => {
    const file = await openWhole(out ?? '')
    return fileOutput(file, writer, asked)
  }
}

const refuseBoth = (): never =>
  fail({
    code: 'output/both',
    seen: 'a file and a database for the same rows',
    wanted: 'one of the two',
    fix: 'drop --out or --into',
    usage: true,
  })

const refuseAppend = (): never =>
  fail({
    code: 'output/append',
    seen: 'rows to be appended to a file',
    wanted: '--append for tables of databases, with --into',
    fix: 'drop --append, or write --into a database',
    usage: true,
  })

/** The format that a file's ending names. Error: `output/kind`. */
export function writerOf(path: string, others: readonly string[] = []): TableWriter {
  const ending = extname(path).slice(1).toLowerCase()
  return (
    writers.find(({ endings }) => endings.includes(ending)) ??
    fail({
      code: 'output/kind',
      seen: `--out ${path}`,
      wanted: `a file that ends in ${[...others, ...writers.flatMap(({ endings }) => endings)].map((one) => `.${one}`).join(', ')}`,
      fix: 'write for example --out out.csv',
      usage: true,
    })
  )
}

type TablePlace = DatabasePlace & { readonly table: string }

async function checkedPlace(given: string, append: boolean): Promise<TablePlace> {
  const into = withoutPassword(given)
  const place = await writablePlace(into)
  const { table } = place ?? {}
  if (place === undefined || table === undefined || table === '')
    return fail({
      code: 'output/table',
      seen: `--into ${into}`,
      wanted: 'postgres://…#table, or a file that ends in .sqlite, .db or .duckdb, and #table',
      fix: 'write for example --into scores.sqlite#scores',
      usage: true,
    })
  const isThere = await place.kind.has(place.place, table)
  if (isThere !== append) refuseStanding(into, isThere)
  return { ...place, table }
}

const refuseStanding = (into: string, isThere: boolean): never =>
  fail({
    code: isThere ? 'output/exists' : 'output/absent',
    seen: `${isThere ? 'a table' : 'no table'} at "${into}"`,
    wanted: isThere ? 'a name that is free' : 'a table to append rows to',
    fix: isThere ? 'choose another name after #, or append to it: --append' : 'drop --append, and it is made',
    usage: true,
  })

async function insertAll(
  { kind, place, table }: TablePlace,
  append: boolean,
  held: WaitingRows,
): Promise<void> {
  const insertion = await kind.begin(place, table, held.columns(), append)
  try {
    for await (const rows of held.chunks()) await insertion.insert(rows)
    await insertion.done()
  } catch (error) {
    await insertion.abandon()
    throw error
  }
}
