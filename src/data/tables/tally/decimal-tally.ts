import type { DecimalForm } from '../forms/decimal.ts'
import { type NumberBody, type NumberText, readBody, splitNumber } from '../forms/split-number.ts'
import { NumberTally } from './number-tally.ts'

/** Numbers read with one sign before their decimals, and how they are written. */
export interface Reading {
  readonly numbers: NumberTally
  readonly groups: Map<string, number>
  /** Whether groups of two digits were met. */
  hasLakhs: boolean
  /** Digits of the shortest number in groups, and of the longest without. */
  leastGrouped: number
  mostUngrouped: number
  leastDecimals: number
  mostDecimals: number
}

/** Texts with the same prefix and suffix. */
export interface Family {
  readonly prefix: string
  readonly suffix: string
  readonly point: Reading
  readonly comma: Reading
  readonly negatives: Map<NumberText['negative'], number>
  minus: string
  isMinusInside: boolean
  plus: number
}

const newReading = (room: number): Reading => ({
  numbers: new NumberTally(room),
  groups: new Map(),
  hasLakhs: false,
  leastGrouped: Number.POSITIVE_INFINITY,
  mostUngrouped: 0,
  leastDecimals: Number.POSITIVE_INFINITY,
  mostDecimals: 0,
})

const newFamily = ({ prefix, suffix }: NumberText, room: number): Family => ({
  ...{ prefix, suffix, point: newReading(room), comma: newReading(room), negatives: new Map() },
  ...{ minus: '-', isMinusInside: false, plus: 0 },
})

function take(reading: Reading, { value, group, hasLakhs, digits, decimals }: NumberBody): number {
  reading.hasLakhs ||= hasLakhs
  if (group !== '') {
    reading.groups.set(group, (reading.groups.get(group) ?? 0) + 1)
    reading.leastGrouped = Math.min(reading.leastGrouped, digits)
  } else reading.mostUngrouped = Math.max(reading.mostUngrouped, digits)
  reading.leastDecimals = Math.min(reading.leastDecimals, decimals)
  reading.mostDecimals = Math.max(reading.mostDecimals, decimals)
  return value
}

/** Prefixes and suffixes that are told apart; a column with more of them is none of numbers. */
const MOST_FAMILIES = 4

/** What texts say of the sign before their decimals. */
export interface PointEvidence {
  /** Texts that only a point, or only a comma, before the decimals makes numbers of. */
  point: number
  comma: number
  /** Those such as 27,762, which are other numbers by the one than by the other. */
  either: number
  /** Whole numbers from 1 to 999 among them: where nobody writes thousands they would have decimals, too. */
  small: number
  /** The first text that is either, and what it is with a point and with a comma before the decimals. */
  example?: {
    readonly text: string
    readonly point: number
    readonly comma: number
    readonly isDollar: boolean
  }
}

export const noEvidence = (): PointEvidence => ({ point: 0, comma: 0, either: 0, small: 0 })

const isDollar = ({ prefix }: NumberText): boolean => prefix.includes('$')

function weigh(
  evidence: PointEvidence,
  text: string,
  parts: NumberText,
  [point, comma]: readonly [number | undefined, number | undefined],
): void {
  if (comma === undefined) evidence.point++
  else if (point === undefined) evidence.comma++
  else if (point !== comma) {
    evidence.either++
    evidence.example ??= { text: text.trim(), point, comma, isDollar: isDollar(parts) }
  } else if (point >= 1 && point < 1000) evidence.small++
}

/** Begins a tally of texts that are numbers but for how they are written. */
export function decimalTally(room: number) {
  const families = new Map<string, Family>()
  const evidence = noEvidence()
  const familyOf = (parts: NumberText): Family | undefined => {
    const key = `${parts.prefix}\u0000${parts.suffix}`
    const known = families.get(key)
    if (known !== undefined || families.size >= MOST_FAMILIES) return known
    const family = newFamily(parts, room)
    families.set(key, family)
    return family
  }
  return {
    families,
    evidence,
    forget(slot: number) {
      for (const { point, comma } of families.values()) {
        point.numbers.forget(slot)
        comma.numbers.forget(slot)
      }
    },
    /** Takes a text in; whether it is a number in any reading. */
    add(text: string, slot: number): boolean {
      const parts = splitNumber(text)
      if (parts === undefined) return false
      const point = readBody(parts.body, '.')
      const comma = readBody(parts.body, ',')
      if (point === undefined && comma === undefined) return false
      const family = familyOf(parts)
      if (family === undefined) return false
      const sign = parts.negative === 'no' ? 1 : -1
      weigh(evidence, text, parts, [point?.value, comma?.value])
      if (point !== undefined) family.point.numbers.add(sign * take(family.point, point), text, slot)
      if (comma !== undefined) family.comma.numbers.add(sign * take(family.comma, comma), text, slot)
      if (sign < 0) {
        family.negatives.set(parts.negative, (family.negatives.get(parts.negative) ?? 0) + 1)
        family.isMinusInside = parts.isInside
        if (parts.sign !== '') family.minus = parts.sign
      } else if (parts.sign === '+') family.plus++
      return true
    },
  }
}

const commonest = <Key>(counts: ReadonlyMap<Key, number>, none: Key): Key =>
  [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [none, 0] as const)[0]

/** How the numbers of a family are written, in one of its readings; `least` is the fewest decimals of all of the column. */
export function formOf(family: Family, point: '.' | ',', least: number, mostUngrouped: number): DecimalForm {
  const { prefix, suffix, negatives, minus, isMinusInside, plus } = family
  const reading = point === '.' ? family.point : family.comma
  const ungrouped = Math.max(reading.mostUngrouped, mostUngrouped)
  const negative = commonest(negatives, 'minus')
  const group = commonest(reading.groups, '')
  return {
    name: 'decimal',
    ...(prefix !== '' && { prefix }),
    ...(suffix !== '' && { suffix }),
    point,
    ...(group !== '' && { group }),
    ...(reading.hasLakhs && { lakhs: true }),
    ...(group !== '' && ungrouped >= 4 && reading.leastGrouped > 4 && { groupedFrom: reading.leastGrouped }),
    ...((negative === 'parentheses' || negative === 'trailing') && { negative }),
    ...(minus !== '-' && { minus }),
    ...(isMinusInside && { isMinusInside }),
    ...(plus > 0 && { plus: true }),
    decimals: Math.min(least, reading.leastDecimals),
  }
}
