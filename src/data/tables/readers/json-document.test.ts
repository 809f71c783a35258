import { describe, expect, test } from 'vitest'
import { JsonDocument } from './json-document.ts'

const objectsOf = (...pieces: string[]) => {
  const document = new JsonDocument()
  for (const piece of pieces) expect(document.push(piece)).toEqual([])
  return document.end()
}
const rowsOf = (value: unknown) => objectsOf(JSON.stringify(value)).map(({ fields }) => fields)

describe('the rows of one object are', () => {
  test.each<[string, unknown, unknown[]]>([
    [
      'those of an array of objects in it',
      { meta: { a: 1 }, count: 2, rows: [{ a: 1 }, { a: 2 }] },
      [{ a: 1 }, { a: 2 }],
    ],
    ['those of an array of one object', { type: 'x', rows: [{ a: 1 }] }, [{ a: 1 }]],
    [
      'names and rows',
      { columns: ['a', 'b'], data: [[1, 2], [3]] },
      [
        { a: 1, b: 2 },
        { a: 3, b: null },
      ],
    ],
    ['names that are numbers, and rows', { index: [5], columns: [7], data: [[1]] }, [{ 7: 1 }]],
    [
      'lists of one length',
      { a: [1, 2], b: ['x', null] },
      [
        { a: 1, b: 'x' },
        { a: 2, b: null },
      ],
    ],
    [
      'objects of the same keys',
      { a: { 0: 1, 1: 2 }, b: { 0: 'x', 1: 'y' } },
      [
        { a: 1, b: 'x' },
        { a: 2, b: 'y' },
      ],
    ],
    [
      'objects of the same names',
      { a: { x: 1, y: 2 }, b: { x: 3, y: 4 } },
      [
        { a: 1, b: 3 },
        { a: 2, b: 4 },
      ],
    ],
    [
      'objects by their number',
      { 0: { a: 1, b: 2 }, 10: { a: 3, b: 4 } },
      [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    ],
    [
      'columns by their number',
      { 0: { 0: 1, 1: 2 }, 1: { 0: 3, 1: 4 } },
      [
        { 0: 1, 1: 3 },
        { 0: 2, 1: 4 },
      ],
    ],
    [
      'columns of which one has no number',
      { 0: { a: 1, b: 2 }, x: { a: 3, b: 4 } },
      [
        { 0: 1, x: 3 },
        { 0: 2, x: 4 },
      ],
    ],
    [
      'columns of half a number',
      { '0x': { a: 1, b: 2 }, x0: { a: 3, b: 4 } },
      [
        { '0x': 1, x0: 3 },
        { '0x': 2, x0: 4 },
      ],
    ],
    [
      'columns of rows of which one has a number',
      { 0: { a: 1, 1: 2 }, 1: { a: 3, 1: 4 } },
      [
        { a: 1, 1: 2 },
        { a: 3, 1: 4 },
      ],
    ],
    // All else is one row.
    ['one of cells', { a: 1, b: 'x' }, [{ a: 1, b: 'x' }]],
    ['one of nothing', {}, [{}]],
    ['one of lists of several lengths', { a: [1, 2], b: [1, 2, 3] }, [{ a: [1, 2], b: [1, 2, 3] }]],
    ['one of fewer in the second', { a: [1, 2, 3], b: [1, 2] }, [{ a: [1, 2, 3], b: [1, 2] }]],
    ['one of lists of one', { a: [1], b: [2] }, [{ a: [1], b: [2] }]],
    [
      'one of objects of other keys',
      { a: { x: 1, y: 2 }, b: { x: 3, z: 4 } },
      [{ a: { x: 1, y: 2 }, b: { x: 3, z: 4 } }],
    ],
    ['one of a list and a cell', { a: [1, 2], b: 'xy' }, [{ a: [1, 2], b: 'xy' }]],
    ['one of nulls', { a: null, b: null }, [{ a: null, b: null }]],
    ['one of names without rows', { columns: ['a', 'b'], data: 'x' }, [{ columns: ['a', 'b'], data: 'x' }]],
    ['one of rows without names', { columns: 'ab', data: [1, 2, 3] }, [{ columns: 'ab', data: [1, 2, 3] }]],
    ['one of an empty array', { rows: [] }, [{ rows: [] }]],
    ['a column of objects and others', { rows: [{ a: 1 }, 2] }, [{ rows: { a: 1 } }, { rows: 2 }]],
    ['a column of objects and lists', { rows: [{ a: 1 }, [2]] }, [{ rows: { a: 1 } }, { rows: [2] }]],
  ])('%s', (_, value, rows) => {
    expect(rowsOf(value)).toEqual(rows)
  })

  test('columns, where two arrays of objects are of one length', () => {
    const value = { a: [{ x: 1 }, { x: 2 }], b: [{ x: 3 }, { x: 4 }] }
    expect(rowsOf(value)).toEqual([
      { a: { x: 1 }, b: { x: 3 } },
      { a: { x: 2 }, b: { x: 4 } },
    ])
  })

  test('names and rows, though some of the rows are none, are no table of that kind', () => {
    const value = { columns: ['a', 'b'], data: [[1, 2], 3] }
    expect(rowsOf(value)).toEqual([
      { columns: 'a', data: [1, 2] },
      { columns: 'b', data: 3 },
    ])
  })
})

describe('arrays in an array are rows whose columns have numbers', () => {
  test.each<[string, unknown, unknown[]]>([
    [
      'two',
      {
        range: 'A1:B2',
        values: [
          ['a', 'b'],
          [1, 2],
        ],
      },
      [
        { 0: 'a', 1: 'b' },
        { 0: 1, 1: 2 },
      ],
    ],
    ['of several lengths', { values: [[], [1]] }, [{}, { 0: 1 }]],
  ])('%s', (_, value, rows) => {
    const objects = objectsOf(JSON.stringify(value))
    expect(objects.map(({ fields }) => fields)).toEqual(rows)
    expect(objects.every(({ isArray }) => isArray)).toBe(true)
  })

  test.each<[string, unknown]>([
    ['one alone', { values: [['a', 'b']] }],
    ['and others', { values: [['a', 'b'], 1] }],
    [
      'in two arrays',
      {
        x: [
          ['a', 'b'],
          [1, 2],
        ],
        y: [1, 2, 3],
      },
    ],
    [
      'under names of their own',
      {
        columns: ['a', 'b'],
        data: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
  ])('but not %s', (_, value) => {
    expect(objectsOf(JSON.stringify(value)).some(({ isArray }) => isArray)).toBe(false)
  })
})

test('a text may come in pieces, behind a mark and blanks, and all stands on its first line', () => {
  expect(objectsOf('\ufeff', ' \n {"a": [1,', ' 2]}\n')).toEqual([
    { line: 1, fields: { a: 1 }, noNumbers: 0 },
    { line: 1, fields: { a: 2 } },
  ])
  expect(objectsOf('{"a": [NaN, 1, Infinity]}').map(({ noNumbers }) => noNumbers)).toEqual([
    2,
    undefined,
    undefined,
  ])
  expect(objectsOf('{"v": [[NaN], [1]]}').map(({ noNumbers }) => noNumbers)).toEqual([1, undefined])
  expect(new JsonDocument().line).toBe(1)
})

describe('is refused', () => {
  test.each([
    ['a number', '5', '5 for a table'],
    ['nothing', 'null', 'null for a table'],
    ['a text', JSON.stringify('x'.repeat(60)), `"${'x'.repeat(39)} for a table`],
    ['an array', '[1]', '[1] for a table'],
    ['what is no JSON', '{"a": ', 'no JSON ("{\\"a\\":")'],
  ])('%s', (_, text, seen) => {
    expect(() => objectsOf(text)).toThrow(seen)
    expect(() => objectsOf(text)).toThrow('[json/document]')
  })

  test('a table of too many characters, before it is put together', () => {
    const document = new JsonDocument()
    document.push(' '.repeat(2 ** 27))
    document.push(' '.repeat(2 ** 27))
    expect(() => document.push(' ')).toThrow('[json/too-large]')
  })
})
