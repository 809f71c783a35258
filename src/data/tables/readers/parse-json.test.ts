import { expect, test } from 'vitest'
import { parseJsonCells, whatIsWrong } from './parse-json.ts'

test('whole numbers that a double does not hold stay as they are written, all else is JSON', () => {
  const text =
    '{"a": 208310224003697457, "b": [-9007199254740993, 9007199254740991], "c": 0.12345678901234567890,' +
    '"d": 1234567890123456789e3, "e": "x: 208310224003697457, \\"208310224003697458", "f": 1.5, "208310224003697459": 1}'
  expect(parseJsonCells(text).value).toEqual({
    a: '208310224003697457',
    b: ['-9007199254740993', 9007199254740991],
    c: Number('0.12345678901234567890'),
    d: Number('1234567890123456789e3'),
    e: 'x: 208310224003697457, "208310224003697458',
    f: 1.5,
    '208310224003697459': 1,
  })
  expect(() => parseJsonCells('{"a": 1234567890123456789')).toThrow(SyntaxError)
})

test('numbers that JSON does not have are null, and counted', () => {
  const text = '{"a": NaN, "b": [-Infinity, 208310224003697457], "NaN": "NaN, Infinity", "c": Infinity}'
  expect(parseJsonCells(text)).toEqual({
    value: { a: null, b: [null, '208310224003697457'], NaN: 'NaN, Infinity', c: null },
    noNumbers: 3,
    text: '{"a": null, "b": [null, 208310224003697457], "NaN": "NaN, Infinity", "c": null}',
  })
  expect(() => parseJsonCells('{"a": NaNo}')).toThrow(SyntaxError)
})

test('values that lie too deep in each other are refused, before somebody has no room for them', () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  expect(parseJsonCells(nested(400)).noNumbers).toBe(0)
  const refused = (text: string) => {
    try {
      return parseJsonCells(text)
    } catch (error) {
      return whatIsWrong(text, error)
    }
  }
  expect(refused(nested(500))).toMatchObject({ noNumbers: 0 })
  expect(refused(nested(501))).toBe('JSON with more than 500 values in each other')
  const flat = JSON.stringify({ text: 'x'.repeat(600), none: null, list: new Array(600).fill(1) })
  expect(parseJsonCells(flat).value).toEqual(JSON.parse(flat))
  expect(refused(' \n{ ')).toBe('no JSON ("{")')
  expect(refused(nested(20_000))).toBe('JSON with more than 500 values in each other')
  expect(refused(nested(600).slice(0, -1))).toBe(
    'no JSON ("{\\"a\\":{\\"a\\":{\\"a\\":{\\"a\\":{\\"a\\":{\\"a\\":{\\"a\\":{\\"a\\":")',
  )
})

test('a text that never ends is looked through once, however many quotes there are in it', () => {
  const quotes = '\\"'.repeat(1_000_000)
  for (const end of ['', '\\', ' NaN']) expect(() => parseJsonCells(`["${quotes}${end}`)).toThrow(SyntaxError)
})
