import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNumberText, numberOf } from './number-text.ts'

test.each([
  ['1', 1],
  ['-0.5', -0.5],
  ['+.5e3', 500],
  ['5.', 5],
  [' 7\t', 7],
  ['007', 7],
  ['1e-3', 0.001],
  ['0e3', 0],
])('%j is a number', (text, value) => {
  expect(numberOf(text)).toBe(value)
  expect(isNumberText(text)).toBe(true)
})

test.each([
  '',
  ' ',
  '0x10',
  '0b1',
  '0o7',
  ' 0x10',
  'Infinity',
  '-Infinity',
  'NaN',
  '1,5',
  '1_000',
  '1e',
  '.',
  '-',
  '1 2',
  '0 x',
])('%j is none', (text) => {
  expect(numberOf(text)).toBeNaN()
  expect(isNumberText(text)).toBe(false)
})

test('numbers are themselves, unless their square is beyond a double', () => {
  expect(numberOf(2.5)).toBe(2.5)
  for (const cell of [Number.NaN, Number.POSITIVE_INFINITY, 1e200, '1e200', '1e999', true, null])
    expect(numberOf(cell)).toBeNaN()
})

test('the fast way reads what the pattern takes, and nothing else', () => {
  const character = fc.constantFrom(...'0123456789+-.eExXbBoO ,\t/Infinity'.split(''))
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 7 }), (text) => {
      const value = isNumberText(text) ? Number(text) : Number.NaN
      expect(numberOf(text)).toBe(Math.abs(value) <= 1e150 ? value : Number.NaN)
    }),
    { numRuns: 3000 },
  )
})

test('a million digits before a letter are no work', () => {
  expect(numberOf(` ${'1'.repeat(1e6)}x`)).toBeNaN()
  expect(numberOf(`${' '.repeat(1e6)}x`)).toBeNaN()
})
