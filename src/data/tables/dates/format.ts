import * as z from 'zod/mini'

/**
 * How dates of a column are written. In the pattern `YYYY` and `YY` are years, `MM` and `M` months, `MMM` their names,
 * `DD` and `D` days, `ddd` names of weekdays, `GGGG`, `WW` and `E` ISO years, weeks and their days, `Q` quarters, `HH`,
 * `H`, `hh`, `h`, `mm`, `ss` and `SSS` the time of day, `A` and `a` its half, `Z` the zone, `X`, `x`, `u` and `n`
 * seconds, milliseconds, microseconds and nanoseconds since 1970; other letters stand in brackets.
 */
const patternFormat = z.strictObject({
  pattern: z.string(),
  /** Distance from UTC as it is written, with what stands before it. */
  zone: z.optional(z.string()),
  /** Names as the column writes them, from January and from Sunday. */
  months: z.optional(z.array(z.string()).check(z.length(12))),
  weekdays: z.optional(z.array(z.string()).check(z.length(7))),
  /** Which of two numbers is the day, where the column had to tell. */
  order: z.optional(z.enum(['dmy', 'mdy', 'ymd'])),
})

/** As recipes of earlier versions have it. */
const orderFormat = z.strictObject({
  order: z.enum(['ymd', 'dmy', 'mdy', 'named']),
  separator: z.string(),
  joint: z.string(),
  clock: z.enum(['none', 'minute', 'second', 'millisecond']),
  zone: z.string(),
})

export const dateFormatSchema = z.union([patternFormat, orderFormat])
export type DateFormat = z.infer<typeof patternFormat>
type StoredDateFormat = z.infer<typeof dateFormatSchema>

const CLOCKS = { none: '', minute: 'HH:mm', second: 'HH:mm:ss', millisecond: 'HH:mm:ss.SSS' }

/** A text as part of a pattern: its letters in brackets. */
export const literally = (text: string): string => text.replace(/\p{L}+/gu, '[$&]')

/** The format of a column of whichever version's recipe. */
export function currentFormat(format: StoredDateFormat): DateFormat {
  if ('pattern' in format) return format
  const { order, separator, joint, clock, zone } = format
  const parts = { dmy: ['DD', 'MM', 'YYYY'], mdy: ['MM', 'DD', 'YYYY'] }
  const date = order === 'dmy' || order === 'mdy' ? parts[order] : ['YYYY', 'MM', 'DD']
  const time = clock === 'none' ? '' : `${literally(joint)}${CLOCKS[clock]}`
  return {
    pattern: `${date.join(literally(separator))}${time}${zone === '' ? '' : 'Z'}`,
    ...(zone === '' ? {} : { zone }),
    ...(order === 'dmy' || order === 'mdy' ? { order } : {}),
  }
}
