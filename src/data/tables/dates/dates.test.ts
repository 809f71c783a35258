import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginningOf, isoWeekOf, midnightOf } from './calendar.ts'
import { dateTally } from './date-tally.ts'
import { currentFormat, type DateFormat } from './format.ts'
import { gridOf, snapper, weekdaysOf } from './grid.ts'
import { dateReader, dateWriter } from './pattern.ts'
import { type DateOrder, dateSplitter, timeOf } from './split-date.ts'

const splitDate = (text: string) => dateSplitter()(text)
const read = (text: string, order: DateOrder) => {
  const date = splitDate(text)
  return date && timeOf(date, order)
}

test.each<[string, DateOrder, string]>([
  ['2024-02-29', 'said', '2024-02-29T00:00:00.000Z'],
  ['2024/2/3 04:05', 'said', '2024-02-03T04:05:00.000Z'],
  ['2024-02-03T04:05:06Z', 'said', '2024-02-03T04:05:06.000Z'],
  ['2024-02-03T04:05:06.789+02:00', 'said', '2024-02-03T02:05:06.789Z'],
  ['2024-02-03 04:05:06-0330', 'said', '2024-02-03T07:35:06.000Z'],
  ['2022-01-01 05:00:00+00', 'said', '2022-01-01T05:00:00.000Z'],
  ['2022-01-01 05:00:00 UTC', 'said', '2022-01-01T05:00:00.000Z'],
  ['31.12.1999', 'dmy', '1999-12-31T00:00:00.000Z'],
  ['9.9.22', 'dmy', '2022-09-09T00:00:00.000Z'],
  ['1/4/99', 'mdy', '1999-01-04T00:00:00.000Z'],
  ['99-01-04', 'ymd', '1999-01-04T00:00:00.000Z'],
  ['12/31/1999 11:59 PM', 'mdy', '1999-12-31T23:59:00.000Z'],
  ['12/31/1999 12:01 am', 'mdy', '1999-12-31T00:01:00.000Z'],
  ['Jun 12 1998', 'said', '1998-06-12T00:00:00.000Z'],
  ['September 3, 1998', 'said', '1998-09-03T00:00:00.000Z'],
  ['3-Sept-1998', 'said', '1998-09-03T00:00:00.000Z'],
  ['06-Feb-20', 'said', '2020-02-06T00:00:00.000Z'],
  ['1. März 2020', 'said', '2020-03-01T00:00:00.000Z'],
  ['14 juil. 1989', 'said', '1989-07-14T00:00:00.000Z'],
  ['5 de agosto de 2021', 'said', '2021-08-05T00:00:00.000Z'],
  ['2 giugno 1946', 'said', '1946-06-02T00:00:00.000Z'],
  ['Friday, 09 September 2022', 'said', '2022-09-09T00:00:00.000Z'],
  ['Fri Sep  9 12:32:40 2022', 'said', '2022-09-09T12:32:40.000Z'],
  ['09/Sep/2022:12:32:40 +0000', 'said', '2022-09-09T12:32:40.000Z'],
  ['20220909T123240', 'said', '2022-09-09T12:32:40.000Z'],
  ['2022-W07', 'said', '2022-02-14T00:00:00.000Z'],
  ['2022-W07-3', 'said', '2022-02-16T00:00:00.000Z'],
  ['2020-W53-7', 'said', '2021-01-03T00:00:00.000Z'],
  ['2022 Q3', 'said', '2022-07-01T00:00:00.000Z'],
  ['2022-09', 'said', '2022-09-01T00:00:00.000Z'],
  ['Sep-22', 'said', '2022-09-01T00:00:00.000Z'],
  ['07:35', 'said', '1970-01-01T07:35:00.000Z'],
  ['0099-01-02', 'said', '0099-01-02T00:00:00.000Z'],
])('%s', (text, order, iso) => {
  expect(new Date(read(text, order)!).toISOString()).toBe(iso)
})

test.each<[string, DateOrder]>([
  ['2023-02-29', 'said'],
  ['2024-13-01', 'said'],
  ['31.04.2024', 'dmy'],
  ['12/31/1999', 'dmy'],
  ['2024-01-01 25:00', 'said'],
  ['2024-01-01 10:61', 'said'],
  ['13:00 PM', 'said'],
  ['2024-01-01', 'dmy'],
])('%s is no day', (text, order) => {
  expect(read(text, order)).toBeNaN()
})

test.each([
  '',
  'yesterday',
  '2024',
  '2024-01/02',
  '1.5',
  '1.2.3.4',
  'Foo 12 1998',
  'Room 12, 1998',
  '3 of 1998',
  `2024-01-01${' '.repeat(60)}x`,
])('%j is no date', (text) => {
  expect(splitDate(text)).toBeUndefined()
})

/** The format of a column of these texts, read as most of them are dates. */
function formatOf(texts: readonly string[]): DateFormat {
  const tally = dateTally(texts.length)
  for (const [slot, text] of texts.entries()) tally.add(text, slot)
  const [best] = tally.summary().readings
  expect(best.count).toBe(texts.length)
  return best.format
}

describe('a column of dates is written as it was read', () => {
  test.each<[string, string[]]>([
    ['YYYY-MM-DD', ['2024-02-03', '2024-12-31']],
    ['YYYY-MM-DD[T]HH:mm', ['2024-02-03T04:05', '2024-12-31T23:59']],
    ['YYYY-MM-DD[T]HH:mm:ss.SSSZ', ['2024-02-03T04:05:06.789+02:00', '2024-02-03T04:05:06.001+02:00']],
    ['D.M.YYYY', ['3.2.2024', '31.12.2024']],
    ['M/D/YY', ['1/4/21', '12/31/21']],
    ['MM/DD/YYYY hh:mm A', ['09/09/2022 12:32 PM', '12/19/2022 08:55 AM']],
    ['M/D/YYYY h:mm a', ['9/9/2022 1:32 pm', '12/19/2022 12:55 am']],
    ['MMM D, YYYY', ['Sep 9, 2022', 'Dec 19, 2022', 'May 1, 2022']],
    ['D. MMM YYYY', ['1. März 2020', '24. Dezember 2020', '3. Mai 2021']],
    ['D MMM YYYY', ['14 juil. 1989', '1 janv. 1990', '3 mai 1991']],
    ['D [de] MMM [de] YYYY', ['5 de agosto de 2021', '31 de diciembre de 2021']],
    ['DD-MMM-YY', ['06-FEB-20', '31-DEC-20']],
    ['ddd MMM DD HH:mm:ss YYYY', ['Fri Sep 09 12:32:40 2022', 'Mon Dec 19 08:55:05 2022']],
    ['DD/MMM/YYYY:HH:mm:ssZ', ['09/Sep/2022:12:32:40 +0000', '19/Dec/2022:08:55:05 +0000']],
    ['YYYYMMDD[T]HHmmss', ['20220909T123240', '20221219T085505']],
    ['GGGG-[W]WW', ['2022-W07', '2020-W53', '2021-W01']],
    ['GGGG-[W]WW-E', ['2022-W07-3', '2020-W53-7']],
    ['YYYY [Q]Q', ['2022 Q3', '2021 Q1']],
    ['YYYY-MM', ['2022-09', '2021-01']],
    ['MMM-YY', ['Sep-22', 'Jan-70']],
    ['HH:mm', ['07:35', '23:05']],
  ])('%s', (pattern, texts) => {
    const format = formatOf(texts)
    expect(format.pattern).toBe(pattern)
    const [reader, writer] = [dateReader(format), dateWriter(format)]
    for (const text of texts) {
      expect(writer(reader(text))).toBe(text)
      const date = splitDate(text)!
      expect(reader(text)).toBe(timeOf(date, format.order ?? 'said'))
    }
  })

  test('zones that differ become UTC, written as they are', () => {
    const format = formatOf(['2024-01-01T00:00:00+01:00', '2024-07-01T00:00:00+02:00'])
    expect(dateWriter(format)(Date.parse('2024-07-01T00:00:00+02:00'))).toBe('2024-06-30T22:00:00+00:00')
  })
})

test('any time comes back at the resolution that a column has', () => {
  const patterns = [
    ['YYYY-MM-DD', 86_400_000],
    ['DD.MM.YYYY HH:mm', 60_000],
    ['M/D/YYYY h:mm:ss A', 1000],
    ['YYYY-MM-DD[T]HH:mm:ss.SSSZ', 1],
    ['GGGG-[W]WW-E', 86_400_000],
    ['x', 1],
  ] as const
  fc.assert(
    fc.property(
      fc.integer({ min: -5e13, max: 2e14 }),
      fc.constantFrom(...patterns),
      fc.constantFrom('Z', ' UTC', '+05:30', '-0100', '+02'),
      (time, [pattern, step], zone) => {
        const format = pattern.endsWith('Z') ? { pattern, zone } : { pattern }
        const text = dateWriter(format)(time)
        expect(Math.abs(dateReader(format)(text) - time)).toBeLessThanOrEqual(step / 2)
      },
    ),
  )
})

test('what no year of four digits holds is written as the nearest that does', () => {
  const write = dateWriter({ pattern: 'YYYY-MM-DD' })
  expect(write(-1e300)).toBe('0001-01-01')
  expect(write(1e300)).toBe('9999-12-31')
})

test('formats of earlier recipes are still read and written', () => {
  const old = { order: 'dmy', separator: '.', joint: ' ', clock: 'minute', zone: '+01:00' } as const
  const format = currentFormat(old)
  expect(dateWriter(format)(Date.parse('2023-02-05T11:00Z'))).toBe('05.02.2023 12:00+01:00')
  expect(dateReader(format)('05.02.2023 12:00+01:00')).toBe(Date.parse('2023-02-05T11:00Z'))
  const named = currentFormat({ order: 'named', separator: '-', joint: 'T', clock: 'none', zone: '' })
  expect(dateWriter(named)(Date.parse('2023-02-05'))).toBe('2023-02-05')
})

test('ISO weeks hold their days, at every turn of a year', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
      const time = day * 86_400_000
      expect(beginningOf(isoWeekOf(time))).toBe(time)
    }),
  )
})

describe('grids', () => {
  const day = (text: string) => Date.parse(text)
  const times = (...texts: string[]) => Float64Array.from(texts, day)

  test.each([
    ['year', ['2020-01-01', '2021-01-01', '2023-01-01']],
    ['quarter', ['2020-01-01', '2021-04-01', '2023-10-01']],
    ['month', ['2020-01-01', '2021-02-01', '2023-01-01']],
    ['month end', ['2020-02-29', '2021-02-28', '2023-01-31']],
    ['day', ['2020-02-29', '2021-02-27', '2023-01-31']],
    ['hour', ['2020-02-29T05:00Z', '2021-02-27T07:00Z', '2023-01-31']],
    ['quarter hour', ['2020-02-29T05:15Z', '2021-02-27T07:45Z', '2023-01-31']],
    ['second', ['2020-02-29T05:15:07Z', '2021-02-27T07:45:01Z', '2023-01-31']],
  ] as const)('%s', (grid, texts) => {
    const all = times(...texts)
    expect(gridOf(all)).toBe(grid)
    const snap = snapper(grid, undefined)
    fc.assert(
      fc.property(fc.integer({ min: day('2019-01-01'), max: day('2024-01-01') }), (time) => {
        expect(gridOf(Float64Array.of(snap(time), ...all))).toBe(grid)
        expect(snap(snap(time))).toBe(snap(time))
      }),
    )
  })

  test('weekdays that every date keeps are kept', () => {
    const days = Array.from({ length: 60 }, (_, at) => midnightOf(2024, 1, 1 + 0) + at * 86_400_000).filter(
      (time) => ![0, 6].includes(new Date(time).getUTCDay()),
    )
    const weekdays = weekdaysOf(Float64Array.from(days), 'day')
    expect(weekdays).toEqual([1, 2, 3, 4, 5])
    const snap = snapper('day', weekdays)
    for (let hour = 0; hour < 400; hour++)
      expect(weekdays).toContain(new Date(snap(days[0] + hour * 3_600_000)).getUTCDay())
  })
})
