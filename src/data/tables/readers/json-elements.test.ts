import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonElements } from './json-elements.ts'

function read(pieces: readonly string[], longest?: number) {
  const elements = new JsonElements(longest)
  return [...pieces.flatMap((piece) => [...elements.push(piece)]), ...elements.end()]
}
const fieldsOf = (...pieces: string[]) => read(pieces).map(({ fields }) => fields)
const codeOf = (pieces: string[], longest?: number) => {
  try {
    read(pieces, longest)
  } catch (error) {
    return (error as { code?: string }).code ?? error
  }
  return undefined
}

test('an array falls into its elements, however it comes in pieces', () => {
  const cell = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.boolean(), fc.constant('],"}{[\\"'))
  const row = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
    fc.oneof(cell, fc.array(cell), fc.record({ a: cell })),
  )
  fc.assert(
    fc.property(
      fc.array(row),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(undefined, 1),
      (rows, size, indent) => {
        const text = JSON.stringify(rows, null, indent)
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
        expect(fieldsOf(...pieces)).toEqual(rows)
      },
    ),
    { numRuns: 60 },
  )
})

test('each knows the line on which it begins', () => {
  const text = '\ufeff[\n{"a": 1}, {"a":\n2},\n\n\t{"a": 3}\r\n]\n'
  expect(read([text]).map(({ line }) => line)).toEqual([2, 2, 5])
  expect(read([...text]).map(({ line }) => line)).toEqual([2, 2, 5])
  const elements = new JsonElements()
  for (const _ of elements.push(text));
  expect(elements.line).toBe(7)
})

test('rows that are arrays have their columns by number', () => {
  expect(read(['[[1, "x"], {"a": 2}]'])).toMatchObject([
    { fields: { 0: 1, 1: 'x' }, isArray: true },
    { fields: { a: 2 }, text: '{"a": 2}' },
  ])
  expect(fieldsOf('[]')).toEqual([])
  expect(fieldsOf('[{"a": 1},]')).toEqual([{ a: 1 }])
})

describe('what is no array of objects is refused', () => {
  test.each([
    ['before it', 'x[{"a": 1}]'],
    ['behind it', '[{"a": 1}] x'],
    ['an object', '{"a": 1}'],
    ['a number in it', '[1]'],
    ['a number before another', '[{"a": 1}, 2, {"a": 3}]'],
    ['null in it', '[null]'],
    ['a text in it', '["a, b"]'],
    ['no JSON in it', '[{"a": }]'],
    ['an array that breaks off', '[{"a": 1}'],
    ['an object that breaks off', '[{"a": 1'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(codeOf([text])).toBe('json/array')
    expect(codeOf([...text])).toBe('json/array')
  })

  test.each([
    ['[1]', '1 in the array on line 1'],
    ['[{"a": 1}, 2, {"a": 3}]', '2 in the array on line 1'],
    ['[\n\t"a, b" ]', '"a, b" in the array on line 2'],
    ['[null,{}]', 'null in the array on line 1'],
    ['["a\\"],"]', '"a\\"]," in the array on line 1'],
    ['x[]', '"x" before the array on line 1'],
    ['[]\n[', '"[" after the array on line 2'],
    ['[{}],', '"," after the array on line 1'],
    ['[{"a": 1}\n', 'an array that breaks off on line 2'],
    ['[1', 'an array that breaks off'],
  ])('of %s that is told', (text, seen) => {
    for (const pieces of [[text], [...text]]) expect(() => read(pieces)).toThrow(seen)
  })

  test('an element may have so many characters and no more', () => {
    const text = '{"a": "0123456789"}'
    expect(codeOf([`[${text}]`], text.length)).toBeUndefined()
    expect(codeOf([`[${text}]`], text.length - 1)).toBe('text/long-record')
    expect(codeOf(['[', ...text, ', ', ...text, ']'], text.length)).toBeUndefined()
    expect(codeOf(['[{"a": "', '0'.repeat(30)], 20)).toBe('text/long-record')
  })
})
