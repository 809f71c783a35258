/**
 * A process that reads what DuckDB reads, started by `duckdb-apart.ts`: of some damaged files DuckDB's own code makes a
 * fault that ends the process it runs in.
 */
import { type CrossedError, packed } from '../../../../base/crossing.ts'
import type { Cell } from '../../cell.ts'
import type { OpenedDatabase, QueryColumn } from './database.ts'
import { openFiles } from './duckdb-files.ts'
import { openDuckDbFile } from './duckdb-reading.ts'

const openings = { file: openDuckDbFile, files: openFiles }

let database: OpenedDatabase
let rows: AsyncIterator<readonly (readonly Cell[])[]>

const answers = {
  async open(what: keyof typeof openings, place: string): Promise<void> {
    database = await openings[what](place)
  },
  tables: () => database.tables(),
  tableQuery: (table: string) => database.tableQuery(table),
  inOrder: (query: string) => database.inOrder(query),
  async rows(query: string): Promise<readonly QueryColumn[]> {
    const { columns, chunks } = await database.rows(query)
    rows = chunks[Symbol.asyncIterator]()
    return columns
  },
  /** The next rows of the last query; undefined where there are no more. */
  async next(): Promise<readonly (readonly Cell[])[] | undefined> {
    const { done, value } = await rows.next()
    return done ? undefined : value
  },
  close: () => database.close(),
}

export type Answers = typeof answers

export interface Question {
  readonly id: number
  readonly name: keyof Answers
  readonly given: readonly unknown[]
}

export type Answer = { readonly id: number } & ({ readonly value: unknown } | CrossedError)

type AnyAnswer = (...given: readonly unknown[]) => Promise<unknown>

process.on('message', async ({ id, name, given }: Question) => {
  const say = (answer: Answer) => process.connected && process.send?.(answer)
  try {
    say({ id, value: await (answers[name] as AnyAnswer)(...given) })
  } catch (error) {
    say({ id, ...packed(error) })
  }
})
// Who asked decides what an interruption means; nobody is left to ask where that process has ended.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => void database?.close().finally(() => process.exit()))
