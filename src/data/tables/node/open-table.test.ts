import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { collected, fixture } from '../readers/sources.testing.ts'
import type { TableStream } from '../stream.ts'
import { openTable } from './open-table.ts'

const { gzipSync } = zlib

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
  ['visits.zip', zipSync({ 'x/y.csv': strToU8(CSV), '__MACOSX/x/._y.csv': strToU8('?') }), 'CSV'],
  ['visits.csv.zip', zipSync({ 'y.tsv': strToU8(CSV.replaceAll(',', '\t')) }, { level: 0 }), 'CSV'],
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
  ['h.json', '{"a":1}\n'.repeat(5), 'JSON'],
  ['i', '[{"a":1},{"a":2},{"a":3},{"a":4},{"a":5}]', 'JSON'],
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
  const ragged = await openTable(file('ragged.csv', 'a,b\n1,2\n3,4,5\n'))
  await expect(rowsOf(ragged)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: ragged.csv: 3 cells in row 2 (line 3); wanted 2, as in the first line. Fix: put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]]`,
  )
  const torn = openTable(file('torn.csv.gz', gzipSync(CSV).subarray(0, 25))).then(rowsOf)
  await expect(torn).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: torn.csv.gz: gzip data that do not unpack (unexpected end of file); wanted whole gzip members. Fix: copy or download the file again. [gzip/torn]]`,
  )
  const input = openTable('-', { input: pieces('a,b\n1,2\n3,4,5\n') }).then(rowsOf)
  await expect(input).rejects.toThrow('standard input: 3 cells in row 2 (line 3)')
})

test('what cannot be opened is refused', async () => {
  await expect(openTable('no/such.csv')).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: no file "no/such.csv"; wanted a file with a table, or tables of the same columns in a folder. Fix: check the path. [data/missing]]`,
  )
  await expect(openTable('src')).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: no table in "src"; wanted a file with a table, or tables of the same columns in a folder. Fix: check the path. [data/missing]]`,
  )
  await expect(
    openTable(file('x.bin', Uint8Array.of(1, 0, 0, 0, 0))),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: x.bin: a file of no format known here; wanted one of Parquet (.parquet, .pq); Arrow (.arrow, .arrows, .feather, .ipc); Excel (.xlsx, .xlsm); JSON Lines (.jsonl, .ndjson, .jsonlines); JSON (.json, .geojson); CSV (.csv, .tsv, .tab, .psv, .txt). Fix: save the table in one of these formats, packed by gzip or not. [table/format]]`,
  )
  await expect(openTable(file('y.csv', CSV), { format: 'SPSS' })).rejects.toThrow('unknown format "SPSS"')
})

test.skipIf(!('createZstdDecompress' in zlib))('Zstandard is undone where Node.js does so', async () => {
  const table = await openTable(file('visits.csv.zst', zlib.zstdCompressSync(CSV)))
  expect(table).toMatchObject({ name: 'visits', format: 'CSV' })
  expect(await rowsOf(table)).toEqual(CSV_ROWS)
  const torn = openTable(file('torn.csv.zst', zlib.zstdCompressSync(CSV.repeat(99)).subarray(0, 20))).then(
    rowsOf,
  )
  await expect(torn).rejects.toThrow('[zstd/torn]')
})

test.each([
  ['a.csv.bz2', Uint8Array.from([0x42, 0x5a, 0x68, 0x39]), 'bzip2 -d <file>'],
  ['a.csv.xz', Uint8Array.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xz -d <file>'],
  ['a.xls', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), 'save it as .xlsx or .csv'],
  [
    'a.ods',
    zipSync({ mimetype: strToU8(''), 'content.xml': strToU8('') }),
    'save it as .xlsx or .csv in LibreOffice',
  ],
  [
    'two.zip',
    zipSync({ 'a.csv': strToU8(CSV), 'b.csv': strToU8(CSV) }),
    '2 files in an archive: a.csv, b.csv',
  ],
  ['none.zip', zipSync({}), '0 files in an archive'],
])('%s is refused with what helps', async (name, data, words) => {
  await expect(openTable(file(name, data))).rejects.toThrow(words)
})

test('a torn archive is refused', async () => {
  const zip = zipSync({ 'a.csv': strToU8(CSV.repeat(99)) })
  zip[60] ^= 1
  await expect(openTable(file('torn.zip', zip)).then(rowsOf)).rejects.toThrow('[zip/torn]')
})

test('tables of a folder or a pattern are one, in the order of their names', async () => {
  mkdirSync(join(folder, 'parts'))
  file('parts/part-10.csv', 'a,b\n5,6\n')
  file('parts/part-2.csv.gz', gzipSync('b,a\n4,3\n'))
  file('parts/part-1.csv', 'a,b\n1,2\n')
  file('parts/notes.md', 'none')
  for (const path of ['parts', 'parts/part-*', 'p?rts/*.csv*']) {
    const table = await openTable(join(folder, path))
    expect(table.canRestart).toBe(true)
    const chunks = await collected(table.chunks())
    expect(chunks.map(({ columns }) => columns)).toEqual(Array(3).fill(['a', 'b']))
    expect(chunks.map(({ first }) => first)).toEqual([0, 1, 2])
    expect(chunks.flatMap(({ rows }) => rows)).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  }
  expect((await openTable(join(folder, 'parts/*.csv'))).name).toBe('parts')
  file('parts/part-3.csv', 'a,c\n1,2\n')
  await expect(openTable(join(folder, 'parts')).then(rowsOf)).rejects.toThrow(
    'part-3.csv: no "b" among "a", "c"',
  )
  await expect(openTable(join(folder, 'parts/*.parquet'))).rejects.toThrow('no table in')
})
