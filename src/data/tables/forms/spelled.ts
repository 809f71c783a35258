import * as z from 'zod/mini'
import type { Writing } from './writing.ts'

/** Seconds of a day, an hour, a minute and a second, by the unit's first letter. */
const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }

export const spelledSchema = z.strictObject({
  name: z.literal('spelled'),
  /** Whether it is ISO 8601 (PT1H30M); else numbers with units (1h 30m). */
  iso: z.boolean(),
  /** Units as they are written, the longest first. */
  units: z.array(z.string()).check(z.minLength(1)),
  /** What stands between a number and its unit, and between parts. */
  gap: z.string(),
  joint: z.string(),
})
export type SpelledForm = z.infer<typeof spelledSchema>

export interface SpelledText {
  readonly form: SpelledForm
  readonly seconds: number
}

const ISO = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const PART =
  /(\d+(?:\.\d+)?)( ?)(d|day|days|h|hr|hrs|hour|hours|m|min|mins|minute|minutes|s|sec|secs|second|seconds)(?![a-z])/gi

function splitIso(text: string): SpelledText | undefined {
  const found = ISO.exec(text)
  if (found === null || /[PT]$/.test(text)) return undefined
  const [, minus, ...numbers] = found
  const letters = ['D', 'H', 'M', 'S'].filter((_, at) => numbers[at] !== undefined)
  const seconds = numbers.reduce((sum, part, at) => sum + Number(part ?? 0) * [86_400, 3600, 60, 1][at], 0)
  return {
    form: { name: 'spelled', iso: true, units: letters, gap: '', joint: '' },
    seconds: minus === '-' ? -seconds : seconds,
  }
}

/** Reads a duration such as PT5M or 3d 4h; of one that is no ISO 8601 at least two units. */
export function splitSpelled(text: string): SpelledText | undefined {
  if (text.length > 40) return undefined
  const trimmed = text.trim()
  if (trimmed.startsWith('P') || trimmed.startsWith('-P')) return splitIso(trimmed)
  const parts = [...trimmed.matchAll(PART)]
  const joints = trimmed.replace(PART, '\u0000').split('\u0000')
  if (parts.length < 1 || joints.some((joint) => joint.trim() !== '' && joint.trim() !== ','))
    return undefined
  const sizes = parts.map(([, , , unit]) => SECONDS[unit.charAt(0).toLowerCase()])
  if (sizes.some((size, at) => at > 0 && size >= sizes[at - 1])) return undefined
  return {
    form: {
      name: 'spelled',
      iso: false,
      units: parts.map(([, , , unit]) => unit),
      gap: parts[0][2],
      joint: joints[1] ?? '',
    },
    seconds: parts.reduce((sum, [, number], at) => sum + Number(number) * sizes[at], 0),
  }
}

const sizeOf = (unit: string): number => SECONDS[unit.charAt(0).toLowerCase()]

/** The form of two durations of one column: all their units. */
export function joinedSpelled(a: SpelledForm, b: SpelledForm): SpelledForm {
  const units = [
    ...a.units,
    ...b.units.filter((unit) => !a.units.some((own) => sizeOf(own) === sizeOf(unit))),
  ]
  return {
    ...a,
    joint: a.joint || b.joint,
    units: units.sort((x, y) => sizeOf(y) - sizeOf(x)),
  }
}

function writer({ iso, units, gap, joint }: SpelledForm): (value: number) => string {
  const last = sizeOf(units[units.length - 1])
  return (value) => {
    let left = Math.round(Math.abs(value) / last) * last
    const parts = units.flatMap((unit) => {
      const count = Math.floor(left / sizeOf(unit))
      left -= count * sizeOf(unit)
      return count > 0 ? [{ unit, text: `${count}${gap}${unit}` }] : []
    })
    const sign = value < 0 && parts.length > 0 ? '-' : ''
    const written =
      parts.length > 0
        ? parts
        : [{ unit: units[units.length - 1], text: `0${gap}${units[units.length - 1]}` }]
    if (!iso) return sign + written.map(({ text }) => text).join(joint)
    const days = written.filter(({ unit }) => unit === 'D').map(({ text }) => text)
    const times = written.filter(({ unit }) => unit !== 'D').map(({ text }) => text)
    return `${sign}P${days.join('')}${times.length > 0 ? `T${times.join('')}` : ''}`
  }
}

/** Durations in words, in seconds. */
export const spelledWriting = (form: SpelledForm): Writing => ({
  read: (text) => splitSpelled(text)?.seconds ?? Number.NaN,
  write: writer(form),
})
