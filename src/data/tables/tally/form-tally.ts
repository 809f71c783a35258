import type { NumberForm } from '../forms/index.ts'
import { numberReader } from '../forms/index.ts'
import { decimalTally, type Family, formOf } from './decimal-tally.ts'
import { durationTally } from './duration-tally.ts'
import { joinedNumbers, type Numbers, type NumberTally } from './number-tally.ts'
import { plainTally } from './plain-tally.ts'

/** A way in which the texts of a column are numbers. */
export interface FormReading {
  readonly form: NumberForm
  readonly numbers: Numbers
  /** How many texts that are no plain numbers it reads. */
  readonly texts: number
}

/** Share of the values of a column that must be written in one way. */
const AGREEING = 0.99

/** Whether most of a column's numbers have what stands around those of a family, if anything does. */
const isUsual = ({ prefix, suffix, ...readings }: Family, point: '.' | ',', total: number): boolean =>
  (prefix === '' && suffix === '') ||
  (point === '.' ? readings.point : readings.comma).numbers.count >= total / 2

/** Begins a tally of how the numbers of a column are written; `numbers` are those that are plain. */
export function formTally(room: number, numbers: NumberTally) {
  const plain = plainTally(numbers)
  const decimals = decimalTally(room)
  const durations = durationTally(room)

  /** All of a family that is read with this point, bare numbers among it. */
  const totalOf = (family: Family, point: '.' | ','): number => {
    const bare = decimals.families.get('\u0000')
    const own = (one: Family) => (point === '.' ? one.point : one.comma).numbers.count
    const others = bare === undefined || bare === family ? 0 : own(bare)
    const plainCount = point === '.' ? numbers.count : (plain.grouped()?.count ?? 0)
    return own(family) + others + plainCount
  }
  const bestOf = (point: '.' | ','): { family: Family; total: number } | undefined => {
    const all = [...decimals.families.values()]
      .map((family) => ({ family, total: totalOf(family, point) }))
      .filter(({ family, total }) => isUsual(family, point, total))
    return all.sort((a, b) => b.total - a.total)[0]
  }
  const readingOf = (family: Family, point: '.' | ','): FormReading => {
    const seen = plain.seen()
    const form = formOf(
      family,
      point,
      point === '.' ? seen.leastDecimals : integerDecimals(numbers.count),
      seen.mostDigits,
    )
    const read = numberReader(form)
    const bare = decimals.families.get('\u0000')
    const parts = new Set([family, ...(bare === undefined ? [] : [bare])])
    let all = (point === '.' ? numbers : (plain.grouped() ?? numbers)).summary()
    let texts = 0
    for (const part of parts) {
      const own = (point === '.' ? part.point : part.comma).numbers
      all = joinedNumbers(all, own.summary(), read)
      texts += own.count
    }
    return { form, numbers: all, texts }
  }
  /** Plain numbers with points between thousands, in a table of decimal commas. */
  const groupedPlain = (): FormReading | undefined => {
    const grouped = plain.hasGroups() ? plain.grouped() : undefined
    if (grouped === undefined || grouped.count < numbers.count) return undefined
    const form: NumberForm = { name: 'decimal', point: ',', group: '.', decimals: 0 }
    return { form, numbers: grouped.summary(), texts: 0 }
  }
  return {
    forget(slot: number) {
      plain.forget(slot)
      decimals.forget(slot)
      durations.forget(slot)
    },
    addPlain: plain.add,
    addNative: plain.addNative,
    add(text: string, slot: number) {
      if (!decimals.add(text, slot)) durations.add(text, slot)
    },
    /** Whether most of `values` cells are numbers with a decimal comma, and fewer are with a point. */
    leansToComma(values: number): boolean {
      const comma = bestOf(',')?.total ?? 0
      return comma > (bestOf('.')?.total ?? numbers.count) && comma >= AGREEING * values
    },
    /** The families that were met, as people write them. */
    affixes: (): string[] =>
      [...decimals.families.values()].map(({ prefix, suffix }) => `${prefix}${suffix}`.trim()),
    /** The way in which `values` cells are numbers, where it reads more of them than plain numbers are, and nearly all. */
    best(values: number, inCommaTable: boolean): FormReading | undefined {
      const [point, comma, duration] = [bestOf('.'), bestOf(','), durations.best()]
      const [points, commas] = [point?.total ?? 0, comma?.total ?? 0]
      const isComma = commas > points || (commas === points && inCommaTable)
      const most = isComma ? comma : point
      const count = Math.max(most?.total ?? 0, duration?.numbers.count ?? 0)
      if (count < AGREEING * values || count <= numbers.count) {
        if (inCommaTable && numbers.count >= AGREEING * values) return groupedPlain()
        return undefined
      }
      if (duration !== undefined && duration.numbers.count === count)
        return { form: duration.form, numbers: duration.numbers.summary(), texts: count }
      return most && readingOf(most.family, isComma ? ',' : '.')
    },
    /** How plain numbers are written, where that is not how numbers are. */
    plainForm: () => plain.form(numbers.count),
  }
}

/** Plain numbers in a column of decimal commas are whole. */
const integerDecimals = (count: number): number => (count > 0 ? 0 : Number.POSITIVE_INFINITY)
