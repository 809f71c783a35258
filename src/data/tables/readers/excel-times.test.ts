import { describe, expect, test } from 'vitest'
import { isTimeCode, timeTexts } from './excel-times.ts'

const SECOND = 1 / 86_400
/** Days as spreadsheets count them: 1 January 2021, a Friday, and some that cannot be months. */
const [NEW_YEAR, JANUARY_14, FEBRUARY_23] = [44_197, 44_210, 44_250]

type Shown = readonly [string, readonly number[], readonly (string | null)[]]

test('codes of dates and times have a letter of them that does not stand as it is', () => {
  const times = [
    'yyyy',
    'YYYY',
    'd',
    'mmm',
    'h:mm',
    '[h]',
    '[MM]',
    '[ss]',
    'ss.0',
    '[$-409]d',
    'General;yyyy',
  ]
  const others = [
    'General',
    'GENERAL',
    '0.00',
    '@',
    '"day"0',
    '0"h"',
    '\\d0',
    '[Red]0',
    '[$USD-409]0',
    '_d0',
    '*d0',
  ]
  expect(times.filter((code) => !isTimeCode(code))).toEqual([])
  expect(others.filter(isTimeCode)).toEqual([])
})

describe('spans of time are hours, minutes, and seconds where the format or any of them has some', () => {
  test.each<Shown>([
    ['[h]:mm', [1.5, -0.5, 0], ['36:00', '-12:00', '0:00']],
    ['[HH]:MM', [1.5], ['36:00']],
    ['[h]:mm', [61 * SECOND, -1e-9], ['0:01:01', '0:00']],
    ['[mm]', [1.5 / 24], ['1:30']],
    ['[ss]', [SECOND], ['0:00:01']],
    ['[h]:mm:ss', [1.25 * SECOND, 1 / 24], ['0:00:01.250', '1:00:00']],
    ['[h]:mm', [0.001 * SECOND], ['0:00:00.001']],
    ['mm:ss', [90 * SECOND, 1.5], ['0:01:30', '36:00:00']],
    ['mm:ss.0', [90.5 * SECOND], ['0:01:30.500']],
    ['ss', [5 * SECOND], ['0:00:05']],
    ['mm', [30 / 1440], ['0:30:00']],
    // What a clock has no hour for.
    ['h:mm', [0.5, 1], ['12:00', '24:00']],
    ['h:mm', [1.25], ['30:00']],
    ['h:mm', [-0.25, 0.5], ['-6:00', '12:00']],
    ['h:mm:ss', [1.25], ['30:00:00']],
  ])('%s of %j', (code, days, wanted) => {
    expect(timeTexts(days, code, false)).toEqual(wanted)
  })
})

describe('times of day are as the format shows them', () => {
  test.each<Shown>([
    ['h:mm', [0, 0.5, 0.25], ['0:00', '12:00', '6:00']],
    ['hh:mm', [0.25], ['06:00']],
    ['h:mm:ss', [0.5 + SECOND, 0.25], ['12:00:01', '6:00:00']],
    ['h:mm AM/PM', [0, 0.25, 0.5, 0.75], ['12:00 AM', '6:00 AM', '12:00 PM', '6:00 PM']],
    ['hh:mm AM/PM', [0.25], ['06:00 AM']],
    ['h:mm A/P', [0.75], ['6:00 PM']],
    ['h:mm:ss AM/PM', [0.75 + SECOND], ['6:00:01 PM']],
    ['h:mm:ss.000', [0.5 + 1.25 * SECOND], ['12:00:01.250']],
    ['hh:mm:ss.00', [0.5 + 1.25 * SECOND], ['12:00:01.25']],
    ['h:mm', [1 - 1e-10], ['0:00']],
  ])('%s of %j', (code, days, wanted) => {
    expect(timeTexts(days, code, false)).toEqual(wanted)
  })

  test.each<Shown>([
    ['h:mm', [0.5 + SECOND, 0.25], ['12:00:01', '06:00:00']],
    ['h AM/PM', [0.25, 0.75], ['06:00:00', '18:00:00']],
    ['h "o\'clock"', [0.5], ['12:00:00']],
    ['h:mm:ss.0', [0.5 + 1.25 * SECOND, 0.25], ['12:00:01.250', '06:00:00.000']],
    ['h:mm', [0.5 + 0.001 * SECOND], ['12:00:00.001']],
  ])('but for %s of %j, which would not say all of it, or more', (code, days, wanted) => {
    expect(timeTexts(days, code, false)).toEqual(wanted)
  })
})

describe('dates are as the format shows them, with four digits of the year', () => {
  const days = [JANUARY_14, FEBRUARY_23]

  test.each<Shown>([
    ['yyyy-mm-dd', days, ['2021-01-14', '2021-02-23']],
    ['yyyy/mm/dd', days, ['2021/01/14', '2021/02/23']],
    ['yyyymmdd', days, ['20210114', '20210223']],
    ['d/m/yyyy', days, ['14/1/2021', '23/2/2021']],
    ['m/d/yyyy', days, ['1/14/2021', '2/23/2021']],
    ['m/d/yy', days, ['1/14/2021', '2/23/2021']],
    ['dd mmm yyyy', [NEW_YEAR], ['01 Jan 2021']],
    ['d-mmm-yy', [NEW_YEAR], ['1-Jan-2021']],
    ['mmmm yyyy', [NEW_YEAR], ['January 2021']],
    ['mmmm d, yyyy', [NEW_YEAR], ['January 1, 2021']],
    ['ddd, d mmm yyyy', [NEW_YEAR], ['Fri, 1 Jan 2021']],
    ['dddd d mmmm yyyy', [NEW_YEAR], ['Friday 1 January 2021']],
    ['YYYY-MM-DD HH:MM', [NEW_YEAR + 0.5], ['2021-01-01 12:00']],
    ['yyyy-mm-dd hh:mm:ss', [NEW_YEAR + 0.5 + SECOND], ['2021-01-01 12:00:01']],
    ['yyyy-mm-dd hh:mm:ss.000', [NEW_YEAR + 0.5 + 1.25 * SECOND], ['2021-01-01 12:00:01.250']],
    ['dd/mm/yyyy h:mm AM/PM', [JANUARY_14 + 0.75], ['14/01/2021 6:00 PM']],
    ['yyyy-mm-dd"T"hh:mm:ss', [NEW_YEAR + 0.25], ['2021-01-01T06:00:00']],
    ['yyyy\\-mm\\-dd', [NEW_YEAR], ['2021-01-01']],
    ['yyyy-mm-dd;@', [NEW_YEAR], ['2021-01-01']],
    ['[$-409]mmmm d, yyyy', [NEW_YEAR], ['January 1, 2021']],
    ['mmmm d, yyyy_)', [NEW_YEAR], ['January 1, 2021']],
    ['* mmmm d, yyyy', [NEW_YEAR], ['January 1, 2021']],
  ])('%s of %j', (code, days, wanted) => {
    expect(timeTexts(days, code, false)).toEqual(wanted)
  })

  test.each<Shown>([
    // A year, a month, or a day alone is not all of a date.
    ['yyyy', [NEW_YEAR], ['2021-01-01']],
    ['mmm', [NEW_YEAR], ['2021-01-01']],
    ['"on "yyyy-mm-dd', [NEW_YEAR], ['2021-01-01']],
    ['General yyyy', [NEW_YEAR], ['2021-01-01']],
    // Which is the day and which the month, the third and the fourth do not say.
    ['d/m/yy', [NEW_YEAR + 2, NEW_YEAR + 3], ['2021-01-03', '2021-01-04']],
    ['dd/mm/yyyy', [JANUARY_14 + 0.5], ['2021-01-14T12:00:00.000Z']],
    ['yyyy-mm-dd h:mm', [NEW_YEAR + 0.5 + SECOND], ['2021-01-01T12:00:01.000Z']],
    ['yyyy-mm-dd', [NEW_YEAR + 0.5, NEW_YEAR + 1], ['2021-01-01T12:00:00.000Z', '2021-01-02T00:00:00.000Z']],
    ['yyyy-mm-dd', [1e8], ['+275690-09-11T00:00:00.000Z'.slice(0, 10)]],
  ])('but for %s of %j, which would not say all of it', (code, days, wanted) => {
    expect(timeTexts(days, code, false)).toEqual(wanted)
  })

  test('what no calendar has is nothing', () => {
    expect(timeTexts([1e9, NEW_YEAR], 'yyyy-mm-dd', false)).toEqual([null, '2021-01-01'])
    expect(timeTexts([1e9, NEW_YEAR + 0.5], 'yyyy-mm-dd', false)).toEqual([null, '2021-01-01T12:00:00.000Z'])
    expect(timeTexts([1e9], 'yyyy-mm-dd', false)).toEqual([null])
  })
})

test('days are counted from 1900, with a 29 February that there was not, or from 1904', () => {
  expect(timeTexts([0, 1, 59, 60, 61], 'yyyy-mm-dd', false)).toEqual([
    ...['1899-12-30', '1900-01-01', '1900-02-28', '1900-02-28', '1900-03-01'],
  ])
  expect(timeTexts([-1], 'yyyy-mm-dd', false)).toEqual(['1899-12-29'])
  expect(timeTexts([0, 1, 59, 60], 'yyyy-mm-dd', true)).toEqual([
    ...['1904-01-01', '1904-01-02', '1904-02-29', '1904-03-01'],
  ])
})
