import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json } from './json.ts'
import type { ReadTableOptions } from './reader.ts'
import { readAll, sourceOf } from './sources.testing.ts'

const read = (text: string, options?: ReadTableOptions, cuts?: number[]) =>
  readAll(json, sourceOf(text, cuts), options)

const errorOf = (text: string, options?: ReadTableOptions) =>
  read(text, options).then(
    () => 'no error',
    (error: Error) => error.message,
  )

const TABLE = {
  columns: ['x', 'y'],
  rows: [
    [1, 'a'],
    [2, null],
    [3, 'c'],
  ],
}

describe('the JSON reader', () => {
  test.each([
    ['an array, as Polars writes', '[{"x":1,"y":"a"},{"x":2,"y":null},{"x":3,"y":"c"}]'],
    [
      'an array over lines, as DuckDB writes',
      '[\n\t{"x":1,"y":"a"},\n\t{"x":2,"y":null},\n\t{"x":3,"y":"c"}\n]\n',
    ],
    [
      'an array of arrays among names',
      '{"columns":["x","y"],"index":[0,1,2],"data":[[1,"a"],[2,null],[3,"c"]]}',
    ],
    ['columns by row, as pandas writes', '{"x":{"0":1,"1":2,"2":3},"y":{"0":"a","1":null,"2":"c"}}'],
    ['columns as lists', '{\n  "x": [1, 2, 3],\n  "y": ["a", null, "c"]\n}'],
    [
      'an array in an object',
      '{"schema":{"fields":[]},"data":[{"x":1,"y":"a"},{"x":2,"y":null},{"x":3,"y":"c"}]}',
    ],
    ['lines', '{"x":1,"y":"a"}\n{"x":2,"y":null}\n{"x":3,"y":"c"}\n'],
    ['lines after a mark', '\ufeff{"x":1,"y":"a"}\r\n{"x":2,"y":null}\r\n{"x":3,"y":"c"}'],
  ])('takes %s', async (_, text) => {
    expect(await read(text)).toMatchObject(TABLE)
    expect(await read(text, {}, [1, 2, 9, 20, 21, 33])).toMatchObject(TABLE)
  })

  test('names that arrays give twice, or leave out, take no other column away', async () => {
    const rows = '[["1","","b"],["x",1.5,2],["y",2.5,3],["z",3.5,4]]'
    const { columns, rows: read } = await readAll(json, sourceOf(rows))
    expect(new Set(columns).size).toBe(3)
    expect(read[0]).toEqual(expect.arrayContaining(['x', 1.5, 2]))
  })

  test('takes rows without names, and one row', async () => {
    expect(await read('[[1,"a"],[2,"b"]]')).toMatchObject({
      columns: ['0', '1'],
      rows: [
        [1, 'a'],
        [2, 'b'],
      ],
    })
    expect(await read('{"x":1,"y":{"z":"a"}}\n')).toMatchObject({ columns: ['x', 'y.z'], rows: [[1, 'a']] })
  })

  test('takes names from the first of rows that are arrays, as of the first line of a CSV', async () => {
    const cells = '["a","b"],[1,"x"],[2,"y"]'
    const named = {
      columns: ['a', 'b'],
      rows: [
        [1, 'x'],
        [2, 'y'],
      ],
    }
    expect(await read(`[${cells}]`)).toMatchObject(named)
    expect(await read(`[${cells}]`, {}, [3, 12, 17])).toMatchObject(named)
    expect(await read(`{"range":"A1:B3","values":[${cells}]}`)).toMatchObject(named)
    expect((await read(`[${cells}]`, { header: false })).rows).toHaveLength(3)
    expect(await read('[["1","2"],[3,4]]', { header: true })).toMatchObject({ columns: ['1', '2'] })
    // Sheets leave empty cells at the ends of rows out.
    expect((await read('[["a","b"],[1,"x"],[2]]')).rows).toEqual([
      [1, 'x'],
      [2, null],
    ])
  })

  test('takes numbers that JSON does not have for missing, and says so', async () => {
    const wanted = {
      rows: [
        [1, null],
        [null, 2],
      ],
      notes: [expect.stringContaining('NaN and Infinity, which JSON does not have, are missing')],
    }
    for (const text of [
      '[{"a":1,"b":NaN},{"a":-Infinity,"b":2}]',
      '{"a":1,"b":NaN}\n{"a":-Infinity,"b":2}\n',
      '{"a":[1,NaN],"b":[NaN,2]}',
    ])
      expect(await read(text)).toMatchObject(wanted)
  })

  test('takes the features of GeoJSON for rows', async () => {
    const features = [1, 2].map((n) => ({ type: 'Feature', properties: { n }, geometry: null }))
    expect(await read(JSON.stringify({ type: 'FeatureCollection', features }))).toMatchObject({
      columns: ['type', 'properties.n', 'geometry'],
    })
  })

  test('knows the line of each row, and hands rows on as they come', async () => {
    expect(await read('[{"a":1},\n\n{"a":\n2},{"a":3}]', { chunkRows: 2 })).toMatchObject({
      lines: [1, 3, 4],
      sizes: [2, 1],
    })
    expect((await read('[{"a":1},{"a":2},{"a":3}]', { eager: true }, [10, 18])).sizes).toEqual([1, 1, 1])
  })

  test('reads back what was written, whatever the pieces', async () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null))
    const rows = fc.array(
      fc.record(
        { n: cell, 'é\n': fc.record({ '},"': cell }, { noNullPrototype: true }) },
        { noNullPrototype: true },
      ),
      { minLength: 1 },
    )
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.array(fc.nat(200)),
        fc.constantFrom(undefined, 2),
        async (rows, cuts, space) => {
          expect(await read(JSON.stringify(rows, null, space), {}, cuts)).toMatchObject({
            columns: ['n', 'é\n.},"'],
            rows: rows.map((row) => [row.n, row['é\n']['},"']]),
          })
        },
      ),
    )
  })

  test('stays in bounded memory where an array is long', async () => {
    const row = `{"a":"${'x'.repeat(2 ** 20)}"},`
    const { sizes } = await read(`[${row.repeat(70)}{"a":""}]`)
    expect(Math.max(...sizes)).toBeLessThan(40)
  })
})

test.each([
  ['an array that breaks off', '[{"a":1},{"a"'],
  ['no JSON in the array', '[{"a":1},\n{"a":}]'],
  ['a number in the array', '[1,2]'],
  ['text after the array', '[{"a":1}] x'],
  ['an empty array', '[]'],
  ['no JSON', '{"a":1,\n"b"'],
  ['a long object', `[{"a":1},\n{"a":"${'x'.repeat(200)}"}]`],
  ['deep objects', `[${'{"a":'.repeat(40)}1${'}'.repeat(40)}]`],
])('refuses %s', async (_, text) => {
  expect(
    await errorOf(text, { longest: text.startsWith('[{"a":1},\n{"a":"x') ? 100 : 1000 }),
  ).toMatchSnapshot()
})

test('where a text is torn is told by the line that has been come to, and nothing more is read', async () => {
  let isOpen = true
  async function* pieces() {
    try {
      yield new TextEncoder().encode('[{"a": 1},\n')
      yield Uint8Array.of(0xff, 32, 32, 32)
    } finally {
      isOpen = false
    }
  }
  await expect(readAll(json, { ...sourceOf(''), pieces })).rejects.toThrow(/no UTF-8 .* in line 2/)
  expect(isOpen).toBe(false)
  await expect(readAll(json, sourceOf(Uint8Array.of(0xff, 0xff, 0x41)))).rejects.toThrow('in line 1')
})

test('lines are told from one object by what stands behind the first', async () => {
  const rowsOf = async (text: string) => (await readAll(json, sourceOf(text, [3, 9]))).rows
  expect(await rowsOf('{"a":[1,2]}\n \n')).toEqual([[1], [2]])
  expect(await rowsOf('{"a":1}\n \n{"a":2}')).toEqual([[1], [2]])
  expect(await rowsOf('\n{"a":1}\n{"a":2}\n')).toEqual([[1], [2]])
  expect(await rowsOf('{"a":\n[1,2]}')).toEqual([[1], [2]])
})

test('arrays say what was passed over among them', async () => {
  const rows = Array.from({ length: 5 }, (_, row) => ['Oslo', row, row / 4])
  const text = JSON.stringify([['city', 'n', 'x'], ['', 'count', 'kg'], ...rows])
  expect((await readAll(json, sourceOf(text))).notes).toEqual([expect.stringMatching(/^line 1 "count, kg"/)])
})
