import { expect, test } from 'vitest'
import { counted, duration, fixed, short } from './format.ts'

test.each([
  [-103.416, '−103.42'],
  [1234.567, '1,234.57'],
  [1234567.891, '1,234,568'],
  [0, '0.00'],
  [null, '–'],
  [Number.NaN, '–'],
])('fixed(%s) is %s', (value, text) => {
  expect(fixed(value)).toBe(text)
})

test.each([
  [0.0255102, '0.02551'],
  [4, '4'],
  [-0.5, '−0.5'],
  [Number.POSITIVE_INFINITY, '–'],
])('short(%s) is %s', (value, text) => {
  expect(short(value)).toBe(text)
})

test.each([
  [6.34, '6.3 s'],
  [59.6, '1 min 0 s'],
  [125, '2 min 5 s'],
  [4333, '1 h 12 min'],
])('%s seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

test('counts agree with their noun', () => {
  expect([counted(1, 'epoch'), counted(0, 'epoch'), counted(54_000, 'example')]).toEqual([
    '1 epoch',
    '0 epochs',
    '54,000 examples',
  ])
})
