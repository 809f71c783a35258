import * as flechette from '@uwdata/flechette'
import { describe, expect, test } from 'vitest'
import { joinedBytes } from '../../../base/bytes.ts'
import type { WholeRows } from '../cell.ts'
import { arrow } from './arrow.ts'
import { arrowMessages } from './arrow-messages.ts'
import { FlatTable } from './flatbuffer.ts'
import { hardKinds, hardRows, hardUnread } from './hard.testing.ts'
import type { ArrowRows, Keeping } from './keeping.ts'
import type { TableSource } from './reader.ts'
import { collected, fixture, readAll, sourceOf } from './sources.testing.ts'

const { tableFromArrays, tableFromColumns, tableToIPC } = flechette

const streamOf = (table: flechette.Table): Uint8Array => tableToIPC(table, { format: 'stream' }) as Uint8Array
const read = (bytes: Uint8Array, options = {}) => readAll(arrow, sourceOf(bytes), options)
const messagesOf = async (bytes: Uint8Array) => {
  const all: Uint8Array<ArrayBuffer>[] = []
  for await (const { bytes: message } of arrowMessages(sourceOf(bytes).pieces())) all.push(message.slice())
  return all
}
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

describe('columns', () => {
  test('of every type that is easily lost are read, and told', async () => {
    const [{ rows, types, unread }] = await collected(arrow.read(sourceOf(fixture('arrow/hard'))))
    expect(rows).toEqual(hardRows)
    expect(types?.map((type) => type?.kind)).toEqual(hardKinds)
    expect(unread).toEqual(hardUnread)
  })

  test('that are not read are told of, with the reason', async () => {
    const { float64, int32, interval, binary, union, utf8, struct, list, dictionary } = flechette
    const inside = struct({ x: float64(), bytes: binary(), deep: struct({ tags: list(utf8()), y: int32() }) })
    const columns = {
      n: flechette.columnFromArray([1, 2], float64()),
      span: flechette.columnFromArray([Float64Array.of(1, 2, 3), null], interval(2)),
      mixed: flechette.columnFromArray(
        ['a', 1],
        union(0, [utf8(), float64()], undefined, (x) => (typeof x === 'string' ? 0 : 1)),
      ),
      level: flechette.columnFromArray(['a', null], dictionary(utf8())),
      place: flechette.columnFromArray([null, { x: 1, bytes: null, deep: { tags: [], y: 2 } }], inside),
    }
    const bytes = streamOf(tableFromColumns(columns as never))
    const [{ columns: names, rows, types, unread }] = await collected(arrow.read(sourceOf(bytes)))
    expect(names).toEqual(['n', 'level', 'place.x', 'place.deep.y'])
    expect(rows).toEqual([
      [1, 'a', null, null],
      [2, null, 1, 2],
    ])
    expect(types?.map((type) => type?.kind)).toEqual(['double', 'text', 'double', 'integer'])
    expect(unread).toEqual([
      { name: 'span', reason: 'its cells are months and days' },
      { name: 'mixed', reason: 'its cells are of several types' },
      { name: 'place.bytes', reason: 'its cells are bytes' },
      { name: 'place.deep.tags', reason: 'its cells are lists' },
    ])
  })

  test('of truths, of texts, and of nothing at all are as long as the table', async () => {
    const rows = 19
    const columns = {
      on: flechette.columnFromArray(
        Array.from({ length: rows }, (_, row) => row % 3 === 0),
        flechette.bool(),
      ),
      text: flechette.columnFromArray(new Array(rows).fill(''), flechette.utf8()),
      day: flechette.columnFromArray(new Array(rows).fill(new Date(0)), flechette.dateDay()),
      none: flechette.columnFromArray(new Array(rows).fill(null), flechette.nullType()),
    }
    const found = await read(streamOf(tableFromColumns(columns as never)))
    expect(found.rows).toEqual(
      Array.from({ length: rows }, (_, row) => [row % 3 === 0, '', '1970-01-01', null]),
    )
  })
})

describe('batches', () => {
  const numbers = (...x: number[]) => streamOf(tableFromArrays({ x }))

  test('follow one another, in chunks of no more rows than are asked for', async () => {
    const [schema, first] = await messagesOf(numbers(1, 2, 3))
    const [, second] = await messagesOf(numbers(4, 5, 6))
    const bytes = joinedBytes([schema, first, second, END])
    const found = await read(bytes, { chunkRows: 2 })
    expect(found.rows.flat()).toEqual([1, 2, 3, 4, 5, 6])
    expect(found.sizes).toEqual([2, 1, 2, 1])
    const [chunk] = await collected(arrow.read(sourceOf(bytes)))
    expect(chunk).not.toHaveProperty('unread')
    expect(chunk).not.toHaveProperty('whole')
  })

  test('are handed on as they come, and no more is asked for when nobody reads on', async () => {
    const [schema, rows] = await messagesOf(numbers(1, 2))
    let pulled = 0
    let isOpen = true
    async function* pieces() {
      try {
        yield schema
        for (; pulled < 50; pulled++) yield rows
      } finally {
        isOpen = false
      }
    }
    const source: TableSource = { ...sourceOf(''), pieces }
    for await (const { first } of arrow.read(source)) if (first === 4) break
    expect(pulled).toBeLessThan(8)
    expect(isOpen).toBe(false)
  })

  test('may come from what cannot be stopped', async () => {
    const bytes = numbers(1, 2)
    const pieces = () => {
      const all = [bytes.subarray(0, 5), bytes.subarray(5)]
      return {
        [Symbol.asyncIterator]: () => ({
          next: async () => ({ done: all.length === 0, value: all.shift()! }),
        }),
      }
    }
    for await (const { rows } of arrow.read({ ...sourceOf(''), pieces } as TableSource)) {
      expect(rows).toEqual([[1], [2]])
      break
    }
  })

  test('are kept by whoever keeps them', async () => {
    const asked: unknown[] = []
    const keeping = {
      arrow(part: readonly Uint8Array[], table: flechette.Table) {
        asked.push([part.length, table.numRows])
        return ({ from, length, read }: ArrowRows) => {
          asked.push([from, length, read.map(({ name }) => name)])
          return { columns: [] } as unknown as WholeRows
        }
      },
    } as unknown as Keeping
    const chunks = await collected(arrow.read(sourceOf(numbers(1, 2, 3)), { keeping, chunkRows: 2 }))
    expect(chunks.map(({ whole }) => whole)).toEqual([{ columns: [] }, { columns: [] }])
    expect(asked).toEqual([
      [1, 0],
      [2, 3],
      [0, 2, ['x']],
      [2, 1, ['x']],
    ])
    const broken = {
      arrow: () => {
        throw new Error('not to be kept')
      },
    } as unknown as Keeping
    await expect(readAll(arrow, sourceOf(numbers(1)), { keeping: broken })).rejects.toThrow('not to be kept')
  })
})

describe('what cannot be read is refused', () => {
  test('messages in another order', async () => {
    const [schema, dictionary, rows] = await messagesOf(
      streamOf(
        tableFromColumns({
          x: flechette.columnFromArray(['a', 'b'], flechette.dictionary(flechette.utf8())),
        } as never),
      ),
    )
    expect((await read(joinedBytes([schema, dictionary, rows, END]))).rows).toEqual([['a'], ['b']])
    for (const order of [[rows], [dictionary, schema, rows], [schema, schema, dictionary, rows]])
      await expect(read(joinedBytes([...order, END]))).rejects.toThrow('no schema, or more than one')
    // The library finds out that a dictionary is missing.
    await expect(read(joinedBytes([schema, rows, END]))).rejects.toThrow('[arrow/torn]')
  })

  const tables = {
    numbers: tableFromArrays({ x: [0.5, 1.5, 2.5], y: [1, 2, 3] }),
    texts: tableFromColumns({ x: flechette.columnFromArray(['a', 'b', 'c'], flechette.utf8()) } as never),
    truths: tableFromColumns({
      x: flechette.columnFromArray([true, false, true], flechette.bool()),
    } as never),
  }
  /** A batch that says of itself, and of its columns, that they have so many rows. */
  async function saying(table: flechette.Table, own: number, ...ofColumns: number[]): Promise<Uint8Array> {
    const [schema, rows] = await messagesOf(streamOf(table))
    const metadata = rows.subarray(8)
    const batch = FlatTable.root(metadata).table(8)!
    const view = new DataView(metadata.buffer, metadata.byteOffset)
    const place = FlatTable.root(metadata).tablePlace(8)!
    const directory = place - view.getInt32(place, true)
    view.setBigInt64(place + view.getUint16(directory + 4, true), BigInt(own), true)
    for (const [column, at] of batch.entries(6, 16).entries())
      view.setBigInt64(at, BigInt(ofColumns[column] ?? own), true)
    return joinedBytes([schema, rows, END])
  }

  test.each(Object.entries(tables))('more rows than are stored, of %s', async (_, table) => {
    expect((await read(await saying(table, 3))).rows).toHaveLength(3)
    await expect(read(await saying(table, 1000))).rejects.toThrow('1000 rows in a column of')
  })

  test('columns of other lengths', async () => {
    await expect(read(await saying(tables.numbers, 3, 3, 2))).rejects.toThrow('2 rows in a column of 2')
    await expect(read(await saying(tables.numbers, 3, 2, 3))).rejects.toThrow('3 rows in a column of')
  })

  test('a Zstandard frame that wants all memory, in our own words', async () => {
    const bytes = fixture('arrow/zstd')
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
    for (let at = Buffer.from(bytes).indexOf(frame); at >= 0; at = Buffer.from(bytes).indexOf(frame, at + 1))
      bytes.set([0x00, 0xa9], at + 4)
    await expect(read(bytes)).rejects.toThrow('[zstd/too-large]')
  })

  test('files without a row', async () => {
    await expect(read(streamOf(tableFromArrays({ x: [] })))).rejects.toThrow('[arrow/empty]')
  })
})

test('files and streams are known by how they begin', () => {
  const of = (text: string) => arrow.matches(Uint8Array.from(text, (one) => one.charCodeAt(0)))
  expect(['ARROW1', '\u00ff\u00ff\u00ff\u00ff\u0078'].map(of)).toEqual([true, true])
  expect(['ARROW2', 'ARROW', '\u00ff\u00ff\u00fe\u00ff', 'a,b\n', ''].map(of)).toEqual(
    new Array(5).fill(false),
  )
})
