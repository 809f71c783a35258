import fc from 'fast-check'
import type { ColumnSource } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import type { WholeRows } from '../cell.ts'
import { hardKinds, hardRows, hardUnread } from './hard.testing.ts'
import type { Keeping, ParquetSchema } from './keeping.ts'
import { metadataOf, written } from './parquet.testing.ts'
import { parquet } from './parquet.ts'
import type { ReadTableOptions } from './reader.ts'
import { collected, fixture, readAll, sourceOf } from './sources.testing.ts'

const read = (bytes: Uint8Array, options?: ReadTableOptions) => readAll(parquet, sourceOf(bytes), options)

describe('a table of any size of pages, groups and chunks reads back', () => {
  // The library has 0 and −0 for one value where it writes each once; adding 0 takes the sign away.
  const anInteger = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  const aColumn = fc.oneof(
    fc.record({
      ...{ type: fc.constant('INT32' as const), cell: fc.constant(anInteger) },
      encoding: fc.constantFrom(
        undefined,
        'PLAIN',
        'RLE_DICTIONARY',
        'DELTA_BINARY_PACKED',
        'BYTE_STREAM_SPLIT',
      ),
    }),
    fc.record({
      ...{
        type: fc.constant('STRING' as const),
        cell: fc.constant(fc.constantFrom('', 'a', 'Zürich', '北京')),
      },
      encoding: fc.constantFrom(
        undefined,
        'PLAIN',
        'RLE_DICTIONARY',
        'DELTA_BYTE_ARRAY',
        'DELTA_LENGTH_BYTE_ARRAY',
      ),
    }),
    fc.record({
      ...{
        type: fc.constant('DOUBLE' as const),
        cell: fc.constant(fc.double({ noNaN: true }).map((x) => x + 0)),
      },
      encoding: fc.constantFrom(undefined, 'PLAIN', 'RLE_DICTIONARY', 'BYTE_STREAM_SPLIT'),
    }),
    fc.record({
      ...{ type: fc.constant('BOOLEAN' as const), cell: fc.constant(fc.boolean()) },
      encoding: fc.constantFrom(undefined, 'PLAIN', 'RLE'),
    }),
  )
  const aCase = fc.record({
    columns: fc.array(fc.tuple(aColumn, fc.boolean()), { minLength: 1, maxLength: 3 }),
    rows: fc.integer({ min: 1, max: 60 }),
    pageSize: fc.constantFrom(1, 16, 40, 1000),
    rowGroupSize: fc.integer({ min: 1, max: 60 }),
    chunkRows: fc.integer({ min: 1, max: 70 }),
    codec: fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
  })

  test('by the npm package hyparquet-writer', async () => {
    await fc.assert(
      fc.asyncProperty(aCase, fc.context(), fc.gen(), async (about, _, draw) => {
        const { columns, rows, pageSize, rowGroupSize, chunkRows, codec } = about
        const columnData = columns.map(([{ type, cell, encoding }, nullable], at) => ({
          ...{ name: `c${at}`, type, nullable, encoding },
          data: Array.from({ length: rows }, () =>
            nullable && draw(fc.boolean) ? null : draw(() => cell as fc.Arbitrary<unknown>),
          ),
        }))
        const bytes = written(columnData as ColumnSource[], { pageSize, rowGroupSize, codec })
        const found = await read(bytes, { chunkRows })
        expect(found.columns).toEqual(columnData.map(({ name }) => name))
        expect(found.rows).toEqual(
          Array.from({ length: rows }, (_, row) => columnData.map(({ data }) => data[row])),
        )
        const groups = Array.from({ length: Math.ceil(rows / rowGroupSize) }, (_, group) =>
          Math.min(rowGroupSize, rows - group * rowGroupSize),
        )
        expect(found.sizes).toEqual(
          groups.flatMap((size) =>
            Array.from({ length: Math.ceil(size / chunkRows) }, (_, part) =>
              Math.min(chunkRows, size - part * chunkRows),
            ),
          ),
        )
      }),
      { numRuns: 60 },
    )
  })
})

test('every type that is easily lost is read, and told', async () => {
  const [{ rows, types, unread }] = await collected(parquet.read(sourceOf(fixture('parquet/hard'))))
  expect(rows).toEqual(hardRows)
  expect(types?.map((type) => type?.kind)).toEqual(hardKinds)
  expect(unread).toEqual(hardUnread)
})

describe('what a file says beside its rows', () => {
  const hint = metadataOf(fixture('parquet/hard')).key_value_metadata?.find(
    ({ key }) => key === 'ARROW:schema',
  )
  const column = (name: string): ColumnSource => ({ name, data: [1500n, -250n], type: 'INT64' })

  test('is Arrow’s schema, wherever it stands, and nothing else', async () => {
    const other = { key: 'other', value: 'x' }
    const seconds = [[1.5], [-0.25]]
    expect((await read(written([column('dur')], { kvMetadata: [other, hint!, other] }))).rows).toEqual(
      seconds,
    )
    const parts = [[1500], [-250]]
    expect((await read(written([column('dur')], { kvMetadata: [other] }))).rows).toEqual(parts)
    expect((await read(written([column('d')], { kvMetadata: [hint!] }))).rows).toEqual(parts)
  })

  test('of maps says nothing of texts', async () => {
    const geo = { key: 'geo', value: '{"columns":{"x":{"encoding":"WKB"}}}' }
    const texts = { name: 'x', data: ['a', 'b'].map((one) => new TextEncoder().encode(one)) }
    expect((await read(written([texts], { kvMetadata: [geo] }))).rows).toEqual([['a'], ['b']])
  })

  test('is not said where there is nothing to say', async () => {
    const [chunk] = await collected(parquet.read(sourceOf(written([column('n')]))))
    expect(chunk).not.toHaveProperty('unread')
    expect(chunk).not.toHaveProperty('whole')
    expect(chunk.types).toMatchObject([{ kind: 'integer', bits: 64 }])
  })

  test('is kept by whoever keeps it, with rows a group and a chunk at a time', async () => {
    const asked: unknown[] = []
    const keeping = {
      parquet({ stored, metadata, hints }: ParquetSchema) {
        asked.push([stored.map(({ name }) => name), metadata, hints.get('dur')?.kind])
        return (group: readonly { rows: number }[]) => {
          asked.push(group.map(({ rows }) => rows))
          return async (count: number) => ({ columns: [{ name: `${count}` }] }) as unknown as WholeRows
        }
      },
    } as unknown as Keeping
    const numbers: ColumnSource = { name: 'x', data: [1, 2, 3, 4, 5], type: 'INT32' }
    const bytes = written([numbers], { rowGroupSize: 3, kvMetadata: [hint!] })
    const chunks = await collected(parquet.read(sourceOf(bytes), { chunkRows: 2, keeping }))
    expect(chunks.map(({ whole }) => whole?.columns[0].name)).toEqual(['2', '1', '2'])
    expect(asked).toEqual([[['x'], [hint], 'duration'], [3], [2]])
  })
})
