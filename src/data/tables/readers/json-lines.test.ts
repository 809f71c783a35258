import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonLines } from './json-lines.ts'
import type { ReadTableOptions } from './reader.ts'
import { collected, readAll, sourceOf } from './sources.testing.ts'

const read = (text: string, options?: ReadTableOptions, cuts?: number[]) =>
  readAll(jsonLines, sourceOf(text, cuts), options)

const errorOf = (text: string, options?: ReadTableOptions) =>
  read(text, options).then(
    () => 'no error',
    (error: Error) => error.message,
  )

describe('the JSON Lines reader', () => {
  test('takes all keys for columns; what a row lacks is missing', async () => {
    expect(await read('\ufeff{"a":1,"b":"x"}\r\n\n{"c":true,"a":null}')).toEqual({
      columns: ['a', 'b', 'c'],
      rows: [
        [1, 'x', null],
        [null, null, true],
      ],
      lines: [1, 3],
      sizes: [2],
    })
  })

  test('is not misled by names that objects have', async () => {
    expect(await read('{"constructor":1,"__proto__":2}\n{"a":3}\n')).toMatchObject({
      columns: ['constructor', '__proto__', 'a'],
      rows: [
        [1, 2, null],
        [null, null, 3],
      ],
    })
  })

  test('objects in objects lie flat; columns of lists are not read, and named', async () => {
    const text =
      '{"id":1,"geo":{"lat":2,"at":{"z":3}},"tags":["a"]}\n{"id":2,"geo":null,"tags":[]}\n{"geo":{"lat":4}}\n'
    const chunks = await collected(jsonLines.read(sourceOf(text)))
    expect(chunks).toEqual([
      {
        columns: ['id', 'geo.lat', 'geo.at.z'],
        first: 0,
        rows: [
          [1, 2, 3],
          [2, null, null],
          [null, 4, null],
        ],
        lines: [1, 2, 3],
        unread: [{ name: 'tags', reason: 'its cells are lists' }],
      },
    ])
  })

  test('null where other rows have an object is one without a field, in a later chunk as well', async () => {
    const text = '{"a":null,"b":1}\n{"a":{"x":null,"y":2},"b":2}\n{"a":{"x":{"z":5}}}\n'
    expect(await read(`${text}{"a":null}\n{"a":{"x":null}}`, { chunkRows: 3 })).toMatchObject({
      columns: ['b', 'a.y', 'a.x.z'],
      rows: [
        [1, null, null],
        [2, 2, null],
        [null, null, 5],
        [null, null, null],
        [null, null, null],
      ],
    })
    expect(await errorOf(`${text}{"a":7}`, { chunkRows: 3 })).toContain('the key "a" for the first time')
  })

  test('reads the keys it is told and passes others over', async () => {
    const rows = '{"a":1,"x":[]}\n{"b":2}\n'
    expect(await read(rows, { keys: ['b', 'a'] })).toMatchObject({
      columns: ['b', 'a'],
      rows: [
        [null, 1],
        [2, null],
      ],
    })
  })

  test('reads back what was written, whatever the pieces', async () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null))
    const rows = fc.array(fc.record({ n: cell, 'é\n': cell }, { noNullPrototype: true }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.nat(200)), async (rows, cuts) => {
        const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
        expect(await read(text, {}, cuts)).toMatchObject({
          columns: ['n', 'é\n'],
          rows: rows.map((row) => [row.n, row['é\n']]),
        })
      }),
    )
  })
})

describe('what cannot be read is refused', () => {
  test('lines that are no objects', async () => {
    expect(await errorOf('{"a":1}\n{"a":\n')).toMatchInlineSnapshot(
      `"no JSON ("{\\"a\\":") on line 2; wanted one JSON object a line, from column names to values. Fix: write each row as {"column": value} on a line of its own; jq -c ".[]" does so for an array of objects. [json-lines/line]"`,
    )
    expect(await errorOf('[1,2]\n')).toMatchInlineSnapshot(
      `"an array on line 1; wanted one JSON object a line, from column names to values. Fix: write each row as {"column": value} on a line of its own; jq -c ".[]" does so for an array of objects. [json-lines/line]"`,
    )
    expect(await errorOf('{"a":1}\n7\n')).toMatchInlineSnapshot(
      `"7 on line 2; wanted one JSON object a line, from column names to values. Fix: write each row as {"column": value} on a line of its own; jq -c ".[]" does so for an array of objects. [json-lines/line]"`,
    )
  })

  test('nothing, and a mark that stands anywhere but first', async () => {
    expect(await errorOf('{"a":1}\nnull\n')).toMatch(/^null on line 2/)
    expect((await readAll(jsonLines, sourceOf('\ufeff\n\n{"a":1}\n', [1, 4]))).lines).toEqual([3])
    await expect(readAll(jsonLines, sourceOf('{"a":1}\n\ufeff{"a":2}\n', [8]))).rejects.toThrow('on line 2')
  })

  test('a line that is too long, as soon as so much of it has come, and no others', async () => {
    const line = `{"a":"${'x'.repeat(30)}"}\n`
    expect((await readAll(jsonLines, sourceOf(line.repeat(5)), { longest: 40 })).rows).toHaveLength(5)
    let pulled = 0
    async function* pieces() {
      yield new TextEncoder().encode('{"a":"')
      for (; pulled < 100; pulled++) yield new TextEncoder().encode('xxxxxxxxxx')
    }
    const reading = readAll(jsonLines, { ...sourceOf(''), pieces }, { longest: 40 })
    await expect(reading).rejects.toThrow('[text/long-record]')
    expect(pulled).toBeLessThan(10)
  })

  test('bytes that are no text, whose line is told', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('{"a":1}\n{"a":'), 0xff, 10])
    await expect(readAll(jsonLines, sourceOf(bytes, [8]))).rejects.toThrow(/no UTF-8 .* in line 2/)
    expect(jsonLines.matches(new TextEncoder().encode('{'))).toBe(true)
    expect(jsonLines.matches(new TextEncoder().encode('['))).toBe(false)
  })

  test('a list where values were before', async () => {
    expect(await errorOf('{"a":1}\n{"a":[2]}\n', { chunkRows: 1 })).toMatchInlineSnapshot(
      `"an array at row 2 (line 2), key "a"; wanted a number, a text, true, false or nothing in each cell. Fix: write what is inside into columns of its own, or leave the column out. [table/nested]"`,
    )
  })

  test('a key that comes late', async () => {
    expect(await errorOf('{"a":1}\n{"a":2}\n{"b":3}\n', { chunkRows: 2 })).toMatchInlineSnapshot(
      `"the key "b" for the first time in row 3 (line 3); wanted the keys of the rows of the first chunk. Fix: give it to one of the first rows, with null for nothing, or leave it out. [json-lines/key]"`,
    )
  })

  test('no rows, and a line without an end', async () => {
    expect(await errorOf('\n\n')).toMatchInlineSnapshot(
      `"a JSON Lines file without a row; wanted one JSON object for each row. Fix: check that this is the right file. [json-lines/empty]"`,
    )
    expect(await errorOf(`{"a":1}\n{"a":"${'x'.repeat(200)}"}`, { longest: 100 })).toMatchInlineSnapshot(
      `"more than 100 characters without an end of the record that begins on line 2; wanted one record a line. Fix: check that this is a text table, and that every quote opened on this line is closed. [text/long-record]"`,
    )
  })
})
