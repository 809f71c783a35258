import { tableFromArrays, tableToIPC } from '@uwdata/flechette'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrow } from './arrow.ts'
import type { fixtures } from './fixtures.testing.ts'
import { parquet } from './parquet.ts'
import { collected, fixture, readAll, sourceOf } from './sources.testing.ts'

const COLUMNS = ['id', 'size', 'town', 'kind', 'on', 'at', 'day', 'price']
const ROWS = [
  [1, 1.5, 'Bern', 'a', true, '2024-01-02 03:04:05.678', '2024-02-29', '12.34'],
  [2, null, 'Zürich', 'b', false, null, null, null],
  ['1152921504606846977', null, null, 'a', null, '1969-12-31 23:59:59', '1970-01-01', '-0.01'],
  [4, -2.25, '', null, true, '2000-01-01 00:00:00', '1960-01-01', '0.00'],
  [5, 1e300, '北京', 'b', false, '2000-01-01 00:00:00', '2000-01-01', '1.00'],
]

const read = (name: keyof typeof fixtures, cuts?: number[]) =>
  readAll(name.startsWith('arrow') ? arrow : parquet, sourceOf(fixture(name), cuts))

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.message,
  )

test.each([
  ['parquet/snappy', [3, 2]],
  ['parquet/zstd', [5]],
  ['parquet/plain', [2, 2, 1]],
  ['arrow/uncompressed', [3, 2]],
  ['arrow/stream', [3, 2]],
] as const)(
  '%s: a chunk for each group of rows, dates as text, no number as missing',
  async (name, sizes) => {
    expect(await read(name)).toEqual({ columns: COLUMNS, rows: ROWS, lines: [], sizes })
  },
)

const POLARS = {
  columns: ['id', 's', 'st.lat', 'st.nm', 't'],
  rows: [
    [1, 'short', 1.5, 'a', '07:35:00'],
    [2, 'a string of more than twelve', null, 'b', null],
    [3, null, null, null, '00:00:01'],
  ],
}

test('structures lie flat, and lists are not read, but named', async () => {
  expect(await read('parquet/polars')).toMatchObject(POLARS)
  const unread = [{ name: 'l', reason: 'its cells are lists' }]
  expect((await collected(parquet.read(sourceOf(fixture('parquet/polars')))))[0].unread).toEqual(unread)
  expect((await collected(arrow.read(sourceOf(fixture('arrow/polars')))))[0].unread).toEqual(unread)
  expect(await read('parquet/nested')).toMatchObject({ columns: ['a'] })
  expect(await read('arrow/nested')).toMatchObject({ columns: ['a'] })
})

test.each(['arrow/polars', 'arrow/polars-zstd'] as const)(
  '%s, whose messages are found by the list at its end',
  async (name) => {
    const columns = ['id', 's', 'c', ...POLARS.columns.slice(2)]
    const levels = ['r', 'g', 'r']
    const rows = POLARS.rows.map((row, at) => [...row.slice(0, 2), levels[at], ...row.slice(2)])
    expect(await read(name)).toMatchObject({ columns, rows })
    expect(await read(name, [1, 5, 11, 500])).toMatchObject({ columns, rows })
  },
)

test('a column without a value, whose dictionary is empty, in LZ4', async () => {
  expect((await read('parquet/lz4')).rows).toEqual([
    [1, null, 'x'],
    [2, null, null],
    [3, null, 'y'],
    [null, null, 'z'],
  ])
})

test.each(['arrow/lz4', 'arrow/zstd'] as const)('%s is unpacked', async (name) => {
  const { rows } = await read(name)
  expect(rows).toEqual(Array.from({ length: 40 }, (_, index) => ROWS[index % 5]))
})

test('chunks of a large row group have as many rows as were asked for', async () => {
  const { sizes, rows } = await readAll(parquet, sourceOf(fixture('parquet/zstd')), { chunkRows: 2 })
  expect(sizes).toEqual([2, 2, 1])
  expect(rows).toEqual(ROWS)
})

test('an Arrow stream reads back, whatever the pieces', async () => {
  // The library writes whole numbers as integers, which have no −0; adding 0 takes its sign away.
  const double = fc.double({ noNaN: true }).map((x) => x + 0)
  const column = fc.array(fc.option(double), { minLength: 1, maxLength: 9 })
  await fc.assert(
    fc.asyncProperty(column, fc.array(fc.nat(900)), fc.boolean(), async (x, cuts, stream) => {
      const bytes = tableToIPC(tableFromArrays({ x, text: x.map(String) }), {
        format: stream ? 'stream' : 'file',
      })
      expect(await readAll(arrow, sourceOf(bytes ?? new Uint8Array(0), cuts))).toMatchObject({
        columns: ['x', 'text'],
        rows: x.map((value) => [value, String(value)]),
      })
    }),
  )
})

describe('what cannot be read is refused', () => {
  test('files cut off', async () => {
    expect(
      await errorOf(readAll(parquet, sourceOf(fixture('parquet/snappy').subarray(0, 900)))),
    ).toMatchInlineSnapshot(
      `"a Parquet file that cannot be read (parquet file invalid (footer != PAR1)); wanted a whole, unencrypted Parquet file. Fix: copy or write the file again, or save the table as CSV. [parquet/torn]"`,
    )
    expect(
      await errorOf(readAll(arrow, sourceOf(fixture('arrow/stream').subarray(0, 900)))),
    ).toMatchInlineSnapshot(
      `"an Arrow file that cannot be read (a message cut off); wanted a whole Arrow IPC file or stream. Fix: copy or write the file again, or save the table as CSV. [arrow/torn]"`,
    )
    expect(await errorOf(readAll(parquet, sourceOf('')))).toMatch('[parquet/torn]')
    expect(await errorOf(readAll(arrow, sourceOf('')))).toMatchInlineSnapshot(
      `"an Arrow file without a row; wanted at least one row. Fix: check that this is the right file. [arrow/empty]"`,
    )
  })

  test('Feather of version 1', async () => {
    expect(await errorOf(readAll(arrow, sourceOf('FEA1....')))).toMatchInlineSnapshot(
      `"a Feather file of version 1; wanted Feather version 2, which is an Arrow IPC file. Fix: write it again with pyarrow.feather.write_feather(table, path). [arrow/feather]"`,
    )
  })
})
