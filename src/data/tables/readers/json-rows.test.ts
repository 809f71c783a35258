import { describe, expect, test } from 'vitest'
import type { WholeRows } from '../cell.ts'
import { JsonLines } from './json-lines.ts'
import type { JsonObject } from './json-object.ts'
import { type JsonSplitter, jsonChunks } from './json-rows.ts'
import type { Keeping } from './keeping.ts'
import type { ReadTableOptions } from './reader.ts'
import { collected } from './sources.testing.ts'

async function* textsOf(texts: readonly string[]) {
  yield* texts
}
/** Lines of objects, a text each. */
const chunksOf = (rows: readonly unknown[], options: ReadTableOptions = {}) =>
  collected(
    jsonChunks(
      textsOf(rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`)),
      new JsonLines(),
      options,
      'JSON Lines',
    ),
  )

describe('objects become rows', () => {
  test('of the columns that come up in the first chunk, in their order', async () => {
    const [chunk, ...more] = await chunksOf([{ b: 1, a: 'x' }, { c: true }, { a: null, b: 2 }])
    expect(more).toEqual([])
    expect(chunk).toEqual({
      ...{ columns: ['b', 'a', 'c'], first: 0, lines: [1, 2, 3] },
      rows: [
        [1, 'x', null],
        [null, null, true],
        [2, null, null],
      ],
    })
  })

  test('those in them flat, though some are null, or missing', async () => {
    const rows = [{ a: { b: 1, c: { d: 2 } }, x: 0 }, { a: null, x: 1 }, { x: 2 }, { a: { c: null }, x: 3 }]
    const wanted = [
      [1, 2, 0],
      [null, null, 1],
      [null, null, 2],
      [null, null, 3],
    ]
    for (const chunkRows of [1, 2, 10]) {
      const chunks = await chunksOf(rows, { chunkRows })
      expect(chunks[0].columns).toEqual(['a.b', 'a.c.d', 'x'])
      expect(chunks.flatMap(({ rows }) => rows)).toEqual(wanted)
    }
    // What is a value in one row and an object in another is both.
    expect((await chunksOf([{ a: 1 }, { a: { b: 2 } }]))[0]).toMatchObject({
      ...{
        columns: ['a', 'a.b'],
        rows: [
          [1, null],
          [null, 2],
        ],
      },
    })
    expect((await chunksOf([{ a: null }, { a: { b: 2 } }]))[0]).toMatchObject({
      ...{ columns: ['a.b'], rows: [[null], [2]] },
    })
  })

  test('but not lists, which are told of where the first chunk has one', async () => {
    const [chunk] = await chunksOf([
      { a: 1, l: [1] },
      { a: 2, m: { n: [] } },
      { a: 3, l: null },
    ])
    expect(chunk).toMatchObject({ columns: ['a'], rows: [[1], [2], [3]] })
    expect(chunk.unread).toEqual(['l', 'm.n'].map((name) => ({ name, reason: 'its cells are lists' })))
    await expect(chunksOf([{ a: 1 }, { a: 2 }, { a: [3] }], { chunkRows: 2 })).rejects.toThrow(
      /an array at row 3 \(line 3\), key "a".*\[table\/nested\]/,
    )
  })

  test('of the keys that are asked for, and no others', async () => {
    const rows = [{ x: 0, a: { b: 1 } }, { a: null, y: [1] }, { a: { b: 2, c: 3 } }]
    const [chunk] = await chunksOf(rows, { keys: ['a.b', 'z'] })
    expect(chunk).toMatchObject({
      columns: ['a.b', 'z'],
      rows: [
        [1, null],
        [null, null],
        [2, null],
      ],
    })
    expect(chunk).not.toHaveProperty('unread')
  })

  test('a key that comes up later is an error, unless it is one of an object that is missing', async () => {
    const long = 'k'.repeat(50)
    await expect(chunksOf([{ a: 1 }, { a: 2 }, { a: 3, [long]: 1 }], { chunkRows: 2 })).rejects.toThrow(
      `the key "${'k'.repeat(40)}" for the first time in row 3 (line 3)`,
    )
    await expect(chunksOf([{ a: { b: 1 } }, { a: 5 }], { chunkRows: 1 })).rejects.toThrow('[json-lines/key]')
    await expect(chunksOf([{ a: 1 }, { b: null }], { chunkRows: 1 })).rejects.toThrow('[json-lines/key]')
    expect(await chunksOf([{ a: { b: 1 } }, { a: null }], { chunkRows: 1 })).toHaveLength(2)
  })

  test('numbers that JSON does not have are missing, which is said once, with the first line', async () => {
    const rows = ['{"a": 1}', '{"a": NaN}', '{"a": Infinity}', '{"a": -Infinity}']
    for (const chunkRows of [1, 10]) {
      const chunks = await chunksOf(rows, { chunkRows })
      expect(chunks.flatMap(({ rows }) => rows)).toEqual([[1], [null], [null], [null]])
      expect(chunks.flatMap(({ notes }) => notes ?? [])).toEqual([
        expect.stringMatching(/NaN and Infinity.* line 2$/),
      ])
    }
    expect((await chunksOf(['{"a": 1}']))[0]).not.toHaveProperty('notes')
  })
})

describe('chunks', () => {
  test('have as many rows as are asked for, or come with their bytes', async () => {
    const rows = Array.from({ length: 5 }, (_, a) => ({ a }))
    const sizes = async (options: ReadTableOptions) =>
      (await chunksOf(rows, options)).map(({ first, rows }) => [first, rows.length])
    expect(await sizes({ chunkRows: 2 })).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ])
    expect(await sizes({})).toEqual([[0, 5]])
    expect(await sizes({ eager: true })).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ])
  })

  test('come early where their texts are long', async () => {
    let row = 0
    const object = (): JsonObject => ({ line: 1, fields: { a: row++ } })
    const splitter: JsonSplitter = { line: 1, push: () => [object()], end: () => [] }
    const half = ' '.repeat(2 ** 24)
    const texts = [half, half, ' ', ' ', half, half, ' ']
    const chunks = await collected(jsonChunks(textsOf(texts), splitter, {}, 'JSON'))
    expect(chunks.map(({ rows }) => rows.length)).toEqual([3, 3, 1])
  })

  test('are kept by whoever keeps them: keys, lists, and objects as they came', async () => {
    const asked: unknown[] = []
    const keeping = {
      json(keys: Iterable<string>, unread: readonly string[], objects: readonly JsonObject[]) {
        asked.push([[...keys], unread, objects.map(({ whole, text }) => [whole, text])])
        return { columns: [] } as unknown as WholeRows
      },
    } as unknown as Keeping
    const object = { a: { b: 1 }, l: [1] }
    const [chunk] = await chunksOf([object], { keeping })
    expect(chunk.whole).toEqual({ columns: [] })
    expect(asked).toEqual([[['a.b', 'l'], ['l'], [[object, JSON.stringify(object)]]]])
    const [plain] = await chunksOf([{ a: 1 }])
    expect(Object.keys(plain)).toEqual(['columns', 'first', 'rows', 'lines'])
  })

  test('are at least one', async () => {
    await expect(chunksOf([])).rejects.toThrow(/a JSON Lines file without a row.*\[json-lines\/empty\]/)
    await expect(chunksOf(['', ' '])).rejects.toThrow('[json-lines/empty]')
    // A chunk that has been handed on counts, though nothing follows it.
    expect(await chunksOf([{ a: 1 }], { eager: true })).toHaveLength(1)
  })
})
