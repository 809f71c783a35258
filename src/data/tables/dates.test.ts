import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Clock, clocks, type DateOrder, dateText, splitDate, timeOf } from './dates.ts'

const read = (text: string, order: DateOrder) => {
  const date = splitDate(text)
  return date && timeOf(date, order)
}

test.each<[string, DateOrder, string]>([
  ['2024-02-29', 'ymd', '2024-02-29T00:00:00.000Z'],
  ['2024/2/3 04:05', 'ymd', '2024-02-03T04:05:00.000Z'],
  ['2024-02-03T04:05:06Z', 'ymd', '2024-02-03T04:05:06.000Z'],
  ['2024-02-03T04:05:06.789+02:00', 'ymd', '2024-02-03T02:05:06.789Z'],
  ['2024-02-03 04:05:06-0330', 'ymd', '2024-02-03T07:35:06.000Z'],
  ['31.12.1999', 'dmy', '1999-12-31T00:00:00.000Z'],
  ['12/31/1999 11:59 PM', 'mdy', '1999-12-31T23:59:00.000Z'],
  ['12/31/1999 12:01 am', 'mdy', '1999-12-31T00:01:00.000Z'],
  ['Jun 12 1998', 'named', '1998-06-12T00:00:00.000Z'],
  ['September 3, 1998', 'named', '1998-09-03T00:00:00.000Z'],
  ['3-Sept-1998', 'named', '1998-09-03T00:00:00.000Z'],
  ['0099-01-02', 'ymd', '0099-01-02T00:00:00.000Z'],
])('%s', (text, order, iso) => {
  expect(new Date(read(text, order)!).toISOString()).toBe(iso)
})

test.each<[string, DateOrder]>([
  ['2023-02-29', 'ymd'],
  ['2024-13-01', 'ymd'],
  ['31.04.2024', 'dmy'],
  ['12/31/1999', 'dmy'],
  ['2024-01-01 25:00', 'ymd'],
  ['2024-01-01 10:61', 'ymd'],
  ['Foo 12 1998', 'named'],
  ['2024-01-01', 'dmy'],
])('%s is no day', (text, order) => {
  expect(read(text, order)).toBeNaN()
})

test.each([
  '',
  'yesterday',
  '2024',
  '2024-01',
  '2024-01/02',
  '20240102',
  '1.5',
  `2024-01-01${' '.repeat(60)}x`,
])('%j is no date', (text) => {
  expect(splitDate(text)).toBeUndefined()
})

test('a date is written as it was read', () => {
  for (const text of [
    '2024-02-03',
    '2024-02-03T04:05',
    '2024-02-03 04:05:06',
    '2024-02-03T04:05:06.789+02:00',
  ]) {
    const date = splitDate(text)!
    expect(dateText(timeOf(date, 'ymd'), { ...date, order: 'ymd' })).toBe(text)
  }
})

test('any time comes back at the clock that a column has', () => {
  const steps: Record<Clock, number> = { none: 86_400_000, minute: 60_000, second: 1000, millisecond: 1 }
  fc.assert(
    fc.property(
      fc.integer({ min: -5e13, max: 2e14 }),
      fc.constantFrom<DateOrder>('ymd', 'dmy', 'mdy'),
      fc.constantFrom('-', '.', '/'),
      fc.constantFrom(...clocks),
      fc.constantFrom('', 'Z', '+05:30', '-0100'),
      (time, order, separator, clock, zone) => {
        const text = dateText(time, { order, separator, joint: ' ', clock, zone })
        expect(Math.abs(read(text, order)! - time)).toBeLessThanOrEqual(steps[clock] / 2)
      },
    ),
  )
})

test('what no year of four digits holds is written as the nearest that does', () => {
  const format = { order: 'ymd', separator: '-', joint: 'T', clock: 'none', zone: '' } as const
  expect(dateText(-1e300, format)).toBe('0001-01-02')
  expect(dateText(1e300, format)).toBe('9999-12-30')
})
