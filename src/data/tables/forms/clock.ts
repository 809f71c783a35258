import * as z from 'zod/mini'
import type { Writing } from './writing.ts'

export const clockSchema = z.strictObject({
  name: z.literal('clock'),
  /** What stands between days and hours, such as ` days `; absent where no days are counted. */
  days: z.optional(z.string()),
  /** Digits of the first number at least. */
  digits: z.int().check(z.minimum(1), z.maximum(4)),
  /** Hours, minutes and seconds, or only two of them. */
  parts: z.enum(['h:m:s', 'h:m', 'm:s']),
  decimals: z.int().check(z.minimum(0), z.maximum(9)),
  /** What stands before the decimals; default: a point. */
  point: z.optional(z.enum(['.', ','])),
})
export type ClockForm = z.infer<typeof clockSchema>

const CLOCK = /^(-?)(?:(-?\d+)( days? \+?|d |\.))?(\d{1,4}):(\d\d)(?::(\d\d))?(?:([.,])(\d{1,9}))?$/
const DAY = 86_400

/** A duration taken apart. */
export interface ClockText {
  readonly form: ClockForm
  /** Seconds, where the last of two numbers are minutes. */
  readonly seconds: number
}

/** Reads a duration such as 1:07:35, 26:15:00.5 or 2 days 04:05:06. */
export function splitDuration(text: string): ClockText | undefined {
  if (text.length > 40) return undefined
  const found = CLOCK.exec(text.trim())
  if (found === null) return undefined
  const [, minus, days, joint, first, second, third, point, fraction] = found
  if (Number(second) > 59 || Number(third ?? 0) > 59) return undefined
  const decimals = fraction?.length ?? 0
  const rest = decimals === 0 ? 0 : Number(`0.${fraction}`)
  const isShort = third === undefined
  const parts = !isShort ? 'h:m:s' : decimals > 0 ? 'm:s' : 'h:m'
  const [hours, minutes, seconds] =
    parts === 'm:s' ? [0, Number(first), Number(second)] : [Number(first), Number(second), Number(third ?? 0)]
  const own = hours * 3600 + minutes * 60 + seconds + rest
  return {
    form: {
      name: 'clock',
      ...(joint === undefined ? {} : { days: joint }),
      ...{ digits: first.length, parts, decimals },
      ...(point === ',' && { point }),
    },
    seconds: (minus === '-' ? -1 : 1) * own + Number(days ?? 0) * DAY,
  }
}

/** Hours and minutes are told as minutes and seconds where the column says so. */
const scaleOf = (form: ClockForm, parts: ClockForm['parts']): number =>
  form.parts === 'm:s' && parts === 'h:m' ? 1 / 60 : 1

function writer({ days: joint, digits, parts, decimals, point = '.' }: ClockForm): (value: number) => string {
  const unit = 10 ** decimals
  return (value) => {
    const size = Math.round(
      (parts === 'h:m' ? Math.round(Math.abs(value) / 60) * 60 : Math.abs(value)) * unit,
    )
    const whole = Math.floor(size / unit)
    const fraction = decimals === 0 ? '' : `${point}${String(size % unit).padStart(decimals, '0')}`
    const days = joint === undefined ? 0 : Math.floor(whole / DAY)
    const left = whole - days * DAY
    const two = (part: number) => String(part % 60).padStart(2, '0')
    const [first, rest] =
      parts === 'm:s'
        ? [Math.floor(left / 60), `:${two(left)}`]
        : [Math.floor(left / 3600), `:${two(Math.floor(left / 60))}${parts === 'h:m' ? '' : `:${two(left)}`}`]
    const sign = value < 0 && size > 0 ? '-' : ''
    const lead = joint === undefined ? '' : `${days}${joint}`
    return `${sign}${lead}${String(first).padStart(digits, '0')}${rest}${fraction}`
  }
}

/** Durations as clocks show them, in seconds. */
export const clockWriting = (form: ClockForm): Writing => ({
  read(text) {
    const found = splitDuration(text)
    return found === undefined ? Number.NaN : found.seconds * scaleOf(form, found.form.parts)
  },
  write: writer(form),
})

/** The form of two durations of one column. */
export const joinedClock = (a: ClockForm, b: ClockForm): ClockForm => ({
  ...a,
  ...((a.days ?? b.days) ? { days: a.days ?? b.days } : {}),
  digits: Math.min(a.digits, b.digits),
  decimals: Math.max(a.decimals, b.decimals),
  parts:
    a.parts === b.parts
      ? a.parts
      : a.parts === 'm:s' || b.parts === 'm:s'
        ? a.parts === 'h:m:s' || b.parts === 'h:m:s'
          ? 'h:m:s'
          : 'm:s'
        : 'h:m:s',
})
