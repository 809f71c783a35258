import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { collected, fixture } from '../readers/sources.testing.ts'
import type { TableStream } from '../stream.ts'
import { openTable } from './open-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'tables-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, data: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, data)
  return path
}

const rowsOf = async (table: TableStream) => (await collected(table.chunks())).flatMap(({ rows }) => rows)

async function* pieces(...texts: (string | Uint8Array)[]) {
  for (const text of texts) yield typeof text === 'string' ? new TextEncoder().encode(text) : text
}

const CSV = 'a,b\n1,2\n3,4\n'
const CSV_ROWS = [
  ['1', '2'],
  ['3', '4'],
]

test.each([
  ['visits.csv', CSV, 'CSV'],
  ['visits.csv.gz', gzipSync(CSV), 'CSV'],
  ['visits', gzipSync(CSV), 'CSV'],
  ['visits.data', CSV, 'CSV'],
])('%s is opened, and read twice', async (name, data, format) => {
  const table = await openTable(file(name, data))
  expect(table).toMatchObject({ name: 'visits', format, canRestart: true })
  expect(await rowsOf(table)).toEqual(CSV_ROWS)
  expect(await rowsOf(table)).toEqual(CSV_ROWS)
})

test.each([
  ['a.parquet', fixture('parquet/snappy'), 'Parquet'],
  ['b.dat', fixture('parquet/snappy'), 'Parquet'],
  ['c.parquet.gz', gzipSync(fixture('parquet/snappy')), 'Parquet'],
  ['d.arrow', fixture('arrow/stream'), 'Arrow'],
  ['e', fixture('arrow/stream'), 'Arrow'],
  ['f.feather', fixture('arrow/uncompressed'), 'Arrow'],
  ['g', '{"a":1}\n'.repeat(5), 'JSON Lines'],
])('%s is known by name or first bytes', async (name, data, format) => {
  const table = await openTable(file(name, data))
  expect(table.format).toBe(format)
  expect(await rowsOf(table)).toHaveLength(5)
})

test('the standard input is read once, as it comes', async () => {
  const table = await openTable('-', { input: pieces('a,', 'b\n1,2\n', '3,', '4\n') })
  expect(table).toMatchObject({ name: 'stdin', format: 'CSV', canRestart: false })
  const chunks = await collected(table.chunks())
  expect(chunks.map(({ rows }) => rows.length)).toEqual([1, 1])
  expect(() => table.chunks()).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the standard input asked for a second time; wanted a file, whose rows can be read again. Fix: save what is piped in to a file and name that. [table/read-twice]]`,
  )
})

test('rows of the standard input come before it ends', async () => {
  let asked = 0
  async function* endless() {
    for (;;) yield new TextEncoder().encode(`{"row":${asked++}}\n`)
  }
  const table = await openTable('-', { input: endless() })
  for await (const { rows } of table.chunks()) {
    expect(asked).toBeLessThanOrEqual((rows[0][0] as number) + 2)
    if ((rows[0][0] as number) > 20) break
  }
})

test('gzip and Parquet may be piped in', async () => {
  const zipped = gzipSync(CSV)
  const input = pieces(zipped.subarray(0, 1), zipped.subarray(1, 20), zipped.subarray(20))
  expect(await rowsOf(await openTable('-', { input }))).toEqual(CSV_ROWS)
  const table = await openTable('-', { input: pieces(fixture('parquet/plain')) })
  expect(await rowsOf(table)).toHaveLength(5)
})

test('errors name the file', async () => {
  const ragged = await openTable(file('ragged.csv', 'a,b\n1\n'))
  await expect(rowsOf(ragged)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: ragged.csv: 1 cells in row 1 (line 2); wanted 2, as in the first line. Fix: give every row as many cells, separated as in the first line. [csv/ragged]]`,
  )
  const torn = openTable(file('torn.csv.gz', gzipSync(CSV).subarray(0, 25))).then(rowsOf)
  await expect(torn).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: torn.csv.gz: gzip data that do not unpack (unexpected end of file); wanted whole gzip members. Fix: copy or download the file again. [gzip/torn]]`,
  )
  const input = openTable('-', { input: pieces('a,b\n1\n') }).then(rowsOf)
  await expect(input).rejects.toThrow('standard input: 1 cells in row 1 (line 2)')
})

test('what cannot be opened is refused', async () => {
  await expect(openTable('no/such.csv')).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: no file "no/such.csv"; wanted a file with a table. Fix: check the path. [data/missing]]`,
  )
  await expect(openTable('src')).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a folder "src"; wanted a file with a table. Fix: check the path. [data/missing]]`,
  )
  await expect(
    openTable(file('x.bin', Uint8Array.of(1, 0, 0, 0, 0))),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: x.bin: a file of no format known here; wanted one of Parquet (.parquet, .pq); Arrow (.arrow, .arrows, .feather, .ipc); JSON Lines (.jsonl, .ndjson, .jsonlines); JSON (.json); CSV (.csv, .tsv, .tab, .psv, .txt). Fix: save the table in one of these formats, packed by gzip or not. [table/format]]`,
  )
  await expect(openTable(file('y.csv', CSV), { format: 'Excel' })).rejects.toThrow('unknown format "Excel"')
})
