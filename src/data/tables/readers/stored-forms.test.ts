import { describe, expect, test } from 'vitest'
import type { StoredType } from '../stored-type.ts'
import { formOf } from './stored-forms.ts'

const written = (type: StoredType, value: unknown) => formOf(type)!(value)

test('days are dates, and what no calendar has is nothing', () => {
  expect(written({ kind: 'date' }, 0)).toBe('1970-01-01')
  expect(written({ kind: 'date' }, 18_321n)).toBe('2020-02-29')
  expect(written({ kind: 'date' }, -1)).toBe('1969-12-31')
  expect(written({ kind: 'date' }, 1e8)).toBe('+275760-09-13')
  expect(written({ kind: 'date' }, 1e8 + 1)).toBeUndefined()
  expect(written({ kind: 'date' }, 'x')).toBe('x')
})

test.each([
  [0, 27_300, '07:35:00'],
  [3, 27_300_250, '07:35:00.25'],
  [6, 27_300_000_001n, '07:35:00.000001'],
  [9, 86_399_999_999_999n, '23:59:59.999999999'],
  [undefined, 3_661_000_000, '01:01:01'],
] as const)('times of day in parts of 10^-%s of a second', (decimals, value, text) => {
  expect(written({ kind: 'time', decimals }, value)).toBe(text)
  expect(written({ kind: 'time', decimals }, text)).toBe(text)
})

describe('times', () => {
  test.each([
    [0, 1_582_986_896n, '2020-02-29', '14:34:56'],
    [3, 1_582_986_896_500n, '2020-02-29', '14:34:56.5'],
    [6, -1n, '1969-12-31', '23:59:59.999999'],
    [9, 1_582_986_896_000_000_010n, '2020-02-29', '14:34:56.00000001'],
    [undefined, 1_582_986_896_000_000, '2020-02-29', '14:34:56'],
  ] as const)('of 10^-%s of a second have no more decimals than they need', (decimals, value, day, time) => {
    expect(written({ kind: 'timestamp', decimals }, value)).toBe(`${day} ${time}`)
    expect(written({ kind: 'instant', decimals }, value)).toBe(`${day}T${time}Z`)
  })

  test('beyond every calendar are nothing', () => {
    expect(written({ kind: 'timestamp', decimals: 0 }, 8_640_000_000_001n)).toBeUndefined()
    expect(written({ kind: 'timestamp', decimals: 0 }, 'noon')).toBe('noon')
  })
})

test('durations are seconds, as numbers where those have all digits', () => {
  expect(written({ kind: 'duration', decimals: 3 }, 1500n)).toBe(1.5)
  expect(written({ kind: 'duration', decimals: 0 }, 7n)).toBe(7)
  expect(written({ kind: 'duration', decimals: 9 }, 9_007_199_254_740_993n)).toBe('9007199.254740993')
  expect(written({ kind: 'duration', decimals: 3 }, 1500)).toBe(1500)
})

test('decimals keep all digits', () => {
  const of = (scale: number, value: unknown) => written({ kind: 'decimal', precision: 38, scale }, value)
  expect(of(2, 12_345n)).toBe('123.45')
  expect(of(2, -5n)).toBe('-0.05')
  expect(of(0, 5n)).toBe('5')
  expect(of(-2, 5n)).toBe('500')
  expect(of(3, 123_456_789_012_345_678_901n)).toBe('123456789012345678.901')
  expect(of(2, 1.5)).toBe(1.5)
})

test('numbers of 32 bits have the digits that were written; others stay', () => {
  const single: StoredType = { kind: 'double', bits: 32 }
  expect(written(single, Math.fround(0.1))).toBe(0.1)
  expect(written(single, 0.1)).toBe(0.1)
  expect(written(single, 1 / 3)).toBe(1 / 3)
  expect(written(single, Math.fround(16_777_217))).toBe(16_777_216)
  expect(written(single, 'x')).toBe('x')
  for (const type of [
    { kind: 'double', bits: 64 },
    { kind: 'double' },
    { kind: 'integer' },
    { kind: 'text' },
    { kind: 'boolean' },
  ] as const)
    expect(formOf(type)).toBeUndefined()
})
