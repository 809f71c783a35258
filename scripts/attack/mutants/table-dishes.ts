/** Readers of tables, packed or not, and of databases. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { openData } from '../../../src/data/node/open.ts'
import { openTable } from '../../../src/data/tables/node/open-table.ts'
import { workbook } from '../../../src/data/tables/readers/excel.testing.ts'
import { mutated } from '../../../src/data/tables/readers/mutants.testing.ts'
import {
  csvSeedlings,
  jsonLinesSeedling,
  jsonSeedlings,
  sheetSeedling,
} from '../../../src/data/tables/readers/seedlings.testing.ts'
import { fixture } from '../../../src/data/tables/readers/sources.testing.ts'
import { membersOf, oddGzip, oddZip, oddZstd, zipOf } from './archives.ts'
import { oddArrow } from './arrow.ts'
import { oddDuckDb, oddSqlite } from './databases.ts'
import type { Dish, Roll } from './dish.ts'
import { oddParquet } from './parquet.ts'
import { oddJsonLines, oddJsonText, oddTable, oddXml } from './texts.ts'

const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

const inText =
  (change: (text: string, roll: Roll) => string) =>
  (bytes: Uint8Array, roll: Roll): Uint8Array =>
    Buffer.from(change(asText(bytes), roll))

/** Reads all rows, at times as they came, at times as training does. */
async function readTable(source: string, turn: number): Promise<void> {
  if (turn % 3 === 0) {
    const dataset = await openData(source, { table: true })
    await dataset.read(Uint32Array.from({ length: Math.min(dataset.count, 5) }, (_, row) => row))
    return
  }
  const stream = await openTable(source, { keepsWhole: turn % 3 === 1 })
  for await (const { columns, rows } of stream.chunks())
    if (rows.some((row) => row.length !== columns.length)) throw new Error('a row of another width')
}

const ofTables = (table: string) => (path: string, turn: number) => readTable(`${path}#${table}`, turn)

const CSV = csvSeedlings[0]
const cells = (content: Uint8Array, roll: Roll): Uint8Array =>
  roll(2) === 0 ? content : inText(oddTable)(content, roll)

const COLUMNS = 'id integer primary key, day date, ward varchar, minutes double, cost decimal(10, 2)'
const ROW = (i: number): string =>
  `(${i}, '2024-01-${10 + (i % 19)}', ${i % 5 === 0 ? 'null' : `'w${i % 3}'`}, ${i * 1.5}, ${i}.25)`
const ROWS = Array.from({ length: 60 }, (_, i) => ROW(i)).join(', ')

async function sqliteSeeds(folder: string): Promise<Uint8Array[]> {
  const path = join(folder, 'seed.sqlite')
  const database = new DatabaseSync(path)
  database.exec(`pragma page_size = 512; create table visits (${COLUMNS}); insert into visits values ${ROWS}`)
  database.exec('create index by_day on visits (day); create view seen as select * from visits')
  database.close()
  return [await readFile(path)]
}

async function duckDbSeeds(folder: string): Promise<Uint8Array[]> {
  const path = join(folder, 'seed.duckdb')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`attach '${path}' as made (block_size 16384)`)
  await connection.run(
    `create table made.visits (${COLUMNS}); insert into made.visits values ${ROWS}; detach made`,
  )
  connection.closeSync()
  instance.closeSync()
  return [await readFile(path)]
}

export const tableDishes: readonly Dish[] = [
  { name: 'CSV', file: 'a.csv', seeds: () => csvSeedlings, restructured: inText(oddTable), read: readTable },
  {
    name: 'JSON',
    file: 'a.json',
    seeds: () => jsonSeedlings,
    restructured: inText(oddJsonText),
    read: readTable,
  },
  {
    name: 'JSON Lines',
    file: 'a.jsonl',
    seeds: () => [jsonLinesSeedling],
    restructured: inText(oddJsonLines),
    read: readTable,
  },
  {
    name: 'Excel',
    file: 'a.xlsx',
    seeds: () => [workbook(asText(sheetSeedling))],
    restructured: (bytes, roll) =>
      oddZip(membersOf(bytes), roll, (content) => (roll(3) > 0 ? content : inText(oddXml)(content, roll))),
    read: readTable,
  },
  {
    name: 'Parquet',
    file: 'a.parquet',
    seeds: () =>
      (['snappy', 'plain', 'zstd', 'polars', 'lz4', 'nested', 'hard'] as const).map((name) =>
        fixture(`parquet/${name}`),
      ),
    restructured: oddParquet,
    read: readTable,
  },
  {
    name: 'Arrow',
    file: 'a.arrow',
    seeds: () =>
      (['uncompressed', 'stream', 'lz4', 'zstd', 'polars', 'polars-zstd', 'nested', 'hard'] as const).map(
        (name) => fixture(`arrow/${name}`),
      ),
    restructured: oddArrow,
    read: readTable,
  },
  { name: 'SQLite', file: 'a.sqlite', seeds: sqliteSeeds, restructured: oddSqlite, read: ofTables('visits') },
  { name: 'DuckDB', file: 'a.duckdb', seeds: duckDbSeeds, restructured: oddDuckDb, read: ofTables('visits') },
  {
    name: 'gzip',
    file: 'a.csv.gz',
    seeds: () => [gzipSync(CSV)],
    restructured: (bytes, roll) => oddGzip(cells(gunzipSync(bytes), roll), roll),
    read: readTable,
  },
  {
    name: 'Zstandard',
    file: 'a.csv.zst',
    seeds: () => [zstdCompressSync(CSV)],
    restructured: (bytes, roll) => oddZstd(cells(zstdDecompressSync(bytes), roll), roll),
    read: readTable,
  },
  {
    name: 'zip',
    file: 'a.csv.zip',
    seeds: () => [zipOf([{ name: 'a.csv', content: CSV }])],
    restructured: (bytes, roll) =>
      oddZip(membersOf(bytes), roll, (content) =>
        roll(4) === 0 ? mutated(content, roll) : cells(content, roll),
      ),
    read: readTable,
  },
]
