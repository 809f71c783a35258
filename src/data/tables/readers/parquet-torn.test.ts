import { type ColumnMetaData, type FileMetaData, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { describe, expect, test } from 'vitest'
import { listOf, metadataOf, root, saying, written } from './parquet.testing.ts'
import { parquet } from './parquet.ts'
import { parquetColumns } from './parquet-columns.ts'
import { columnReader, pageTurner, pointed } from './parquet-values.ts'
import { fixture, readAll, sourceOf } from './sources.testing.ts'

const read = (bytes: Uint8Array) => readAll(parquet, sourceOf(bytes))

describe('what cannot be read is refused', () => {
  const table = written(
    [
      { name: 'a', data: [1, 2, 3], type: 'INT32' },
      { name: 'b', data: ['x', 'y', 'z'], type: 'STRING' },
    ],
    { codec: 'UNCOMPRESSED', rowGroupSize: 2 },
  )
  const column = ({ row_groups }: FileMetaData, at = 0, group = 0) =>
    row_groups[group].columns[at].meta_data as ColumnMetaData

  test('the file itself is none of them', async () => {
    const rows = [
      [1, 'x'],
      [2, 'y'],
      [3, 'z'],
    ]
    expect((await read(saying(table, () => undefined))).rows).toEqual(rows)
    const empty = saying(table, ({ row_groups: groups }) => {
      const group = structuredClone(groups[0])
      for (const { meta_data } of group.columns) meta_data!.num_values = 0n
      groups.unshift({ ...group, num_rows: 0n })
    })
    expect((await read(empty)).rows).toEqual(rows)
    // Of a column that is not read, how many values there are is its own affair.
    const lists = written(
      [
        { name: 'l', data: [[1, 2], [3]] as never },
        { name: 'n', data: [1, 2] },
      ],
      {
        schema: [root(2), ...listOf('l'), { name: 'n', type: 'INT32', repetition_type: 'REQUIRED' }],
      },
    )
    expect(await read(lists)).toMatchObject({ columns: ['n'], rows: [[1], [2]] })
  })

  test.each<[string, (metadata: FileMetaData) => void, string]>([
    ['more rows than its groups have', (file) => (file.num_rows = 4n), 'row counts differ'],
    ['more rows in a group', (file) => (file.row_groups[0].num_rows = 3n), 'row counts differ'],
    [
      'rows moved from group to group',
      (file) => {
        file.row_groups[0].num_rows = 1n
        file.row_groups[1].num_rows = 2n
      },
      'row counts differ',
    ],
    [
      'fewer rows than none',
      (file) => {
        file.row_groups[0].num_rows = -2n
        for (const at of [0, 1]) column(file, at).num_values = -2n
        file.num_rows = -1n
      },
      'row counts differ',
    ],
    ['more values in a column', (file) => (column(file, 1).num_values = 3n), 'row counts differ'],
    ['a column more', ({ row_groups: [{ columns }] }) => columns.push(columns[1]), 'without all columns'],
    ['a column less', ({ row_groups: [{ columns }] }) => columns.pop(), 'without all columns'],
    ['columns in another order', ({ row_groups: [{ columns }] }) => columns.reverse(), 'in another order'],
    [
      'nothing of a column',
      ({ row_groups: [{ columns }] }) => delete columns[1].meta_data,
      'row counts differ',
    ],
    ['a place behind its end', (file) => (column(file).data_page_offset = 10_000n), 'bytes 10000 to'],
    ['a place before its beginning', (file) => (column(file).data_page_offset = -10n), 'bytes -10 to'],
    ['a length beyond its end', (file) => (column(file).total_compressed_size = 10_000n), ' of '],
    ['no length', (file) => (column(file).total_compressed_size = 0n), 'thrift'],
    ['another codec', (file) => (column(file).codec = 'LZO'), 'LZO'],
  ])('a file that says of itself that it has %s', async (_, change, seen) => {
    const error = await read(saying(table, change)).catch((error: Error) => error.message)
    expect(error).toMatch('[parquet/torn]')
    expect(error).toMatch(seen)
  })

  test('a Zstandard frame that wants all memory', async () => {
    const bytes = fixture('parquet/zstd')
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))
    bytes.set([0x00, 0xa9], at + 4)
    await expect(read(bytes)).rejects.toThrow('[zstd/too-large]')
  })

  test('a file without a column of single values, and one without a row', async () => {
    const lists = written([{ name: 'l', data: [[1, 2]] as never }], { schema: [root(1), ...listOf('l')] })
    await expect(read(lists)).rejects.toThrow(/no column with single values among "l".*\[table\/nested\]/)
    const none = written([{ name: 'a', data: [], type: 'INT32' }])
    await expect(read(none)).rejects.toThrow('[parquet/empty]')
  })

  test('values that point beyond those that pages share', () => {
    expect(pointed([1, 0, 1], ['a', 'b'])).toEqual(['b', 'a', 'b'])
    expect(pointed([], [])).toEqual([])
    expect(() => pointed([0, 2], ['a', 'b'])).toThrow('value 2 of 2')
    expect(() => pointed([0], [])).toThrow('value 0 of 0')
  })
})

describe('pages of a column', () => {
  const of = (bytes: Uint8Array, rows: number) => {
    const metadata = metadataOf(bytes)
    const [{ schemaPath, level, repeats, type }] = parquetColumns(
      parquetSchema(metadata),
      new Map(),
    ).stored.slice(-1)
    const { meta_data } = metadata.row_groups[0].columns.at(-1)!
    return {
      ...{ schemaPath, level, repeats, type, rows, compressors, column: meta_data! },
      slice: async (start: number, end: number) => bytes.slice(start, end),
    }
  }

  test('have no more values together than their group has rows', async () => {
    const data = Array.from({ length: 20 }, (_, row) => 1000 + row)
    const bytes = written([{ name: 'a', data, type: 'INT32', encoding: 'PLAIN' }], { pageSize: 40 })
    expect(await columnReader(of(bytes, 20))(20)).toEqual(data)
    await expect(columnReader(of(bytes, 15))(15)).rejects.toThrow('9 values for 6 rows')
  })

  test('of lists have as many values as the column says', async () => {
    const bytes = written([{ name: 'l', data: [[1, 2, 3], [4]] as never }], {
      schema: [root(1), ...listOf('l')],
    })
    const { header } = await pageTurner(of(bytes, 2))(0)
    expect(header.data_page_header_v2?.num_values).toBe(4)
    await expect(pageTurner(of(bytes, 2))(1)).rejects.toThrow('4 values for 3 rows')
  })
})
