import { type NumberForm, numberReader } from '../forms/index.ts'
import { unmarked } from '../forms/marks.ts'
import type { Level } from '../levels.ts'
import { decimalTally, type Family, formOf, type Reading } from './decimal-tally.ts'
import { durationTally } from './duration-tally.ts'
import type { FormReading } from './form-reading.ts'
import { joinedFamilies } from './joined-families.ts'
import { joinedNumbers, type NumberTally } from './number-tally.ts'
import { PlainTally } from './plain-tally.ts'
import { chosenPoint, type Point, type PointDoubt, type PointSetting } from './point.ts'

/** A family of texts, and how many numbers of the column are written so or plainly. */
interface Candidate {
  readonly family: Family
  readonly total: number
}

/** Share of the values of a column that must be written in one way; the others are odd cells. */
const AGREEING = 0.9
/** The same of a column that says how its table is written. */
const TELLING = 0.99
/** Ends as durations in words do. */
const TIMED = /\d ?(?:d|h|m|s)[a-z]*$/i
/** The family of texts that nothing stands around. */
const BARE = '\u0000'

const readingIn = (family: Family, point: Point): Reading => (point === '.' ? family.point : family.comma)

/** Whether most of a column's numbers have what stands around those of a family, if anything does. */
const isUsual = (family: Family, point: Point, total: number): boolean =>
  (family.prefix === '' && family.suffix === '') || readingIn(family, point).numbers.count >= total / 2

/** How the numbers of a column are written. */
export class FormTally {
  readonly #numbers: NumberTally
  readonly #plain: PlainTally
  readonly #decimals: ReturnType<typeof decimalTally>
  readonly #durations: ReturnType<typeof durationTally>

  /** With samples of at most `room`, beside a tally of plain numbers. */
  constructor(room: number, numbers: NumberTally) {
    this.#numbers = numbers
    this.#plain = new PlainTally(numbers)
    this.#decimals = decimalTally(room)
    this.#durations = durationTally(room)
  }

  forget(slot: number): void {
    this.#plain.forget(slot)
    this.#decimals.forget(slot)
    this.#durations.forget(slot)
  }

  /** Takes in the text of a plain number, before that is added to the numbers themselves. */
  addPlain(text: string, value: number, slot: number): void {
    this.#plain.add(text, value, slot)
  }

  addNative(value: number, cell: Level, slot: number): void {
    this.#plain.addNative(value, cell, slot)
  }

  /** Takes in a text that is no plain number. */
  add(text: string, slot: number): void {
    if (this.#decimals.add(text, slot)) {
      // 50min is a number with a unit alone, and a duration beside 2h 10min.
      if (TIMED.test(text)) this.#durations.add(text, slot)
      return
    }
    const bare = unmarked(text)
    if (bare === undefined || !this.#decimals.add(bare, slot)) this.#durations.add(text, slot)
  }

  /** What stands around numbers, as people write it; nothing where most of `values` cells are no numbers at all. */
  affixes(values: number): string[] {
    const families = [...this.#decimals.families.values()]
    const counts = families.map(({ point, comma }) => Math.max(point.numbers.count, comma.numbers.count))
    const written = counts.reduce((sum, count) => sum + count, this.#numbers.count)
    return written < values / 2 ? [] : families.map(({ prefix, suffix }) => `${prefix}${suffix}`.trim())
  }

  /** How plain numbers are written, where that is not how numbers are. */
  get plainForm(): NumberForm | undefined {
    return this.#plain.form(this.#numbers.count)
  }

  /** Whether nearly all of `values` cells are numbers with a decimal comma, and surely not with a point. */
  leansToComma(values: number): boolean {
    const { point } = this.#chosen({ inCommaTable: false })
    return point === ',' && (this.#bestOf(',')?.total ?? 0) >= TELLING * values
  }

  /** That the column itself does not tell what stands before its decimals. */
  doubt(setting: PointSetting): PointDoubt | undefined {
    return this.#chosen(setting).doubt
  }

  /** The way in which `values` cells are numbers, where it reads more of them than plain numbers are, and nearly all. */
  best(values: number, setting: PointSetting): FormReading | undefined {
    const { point } = this.#chosen(setting)
    const joined = joinedFamilies([...this.#decimals.families.values()], point)
    if (joined !== undefined && joined.texts >= AGREEING * values) return joined
    const [most, duration] = [this.#bestOf(point), this.#durations.best()]
    const count = Math.max(most?.total ?? 0, duration?.numbers.count ?? 0)
    if (count < AGREEING * values || count <= this.#numbers.count)
      return point === ',' && this.#numbers.count >= AGREEING * values ? this.#groupedPlain() : undefined
    if (duration !== undefined && duration.numbers.count > (most?.total ?? 0))
      return { form: duration.form, numbers: duration.numbers.summary(), texts: count }
    return most && this.#readingOf(most.family, point)
  }

  #chosen(setting: PointSetting) {
    return chosenPoint(this.#decimals.evidence, this.#plain.evidence, setting)
  }

  get #bare(): Family | undefined {
    return this.#decimals.families.get(BARE)
  }

  /** Numbers of a family that are read with this point, bare and plain ones among them. */
  #totalOf(family: Family, point: Point): number {
    const bare = this.#bare === family ? undefined : this.#bare
    const others = bare === undefined ? 0 : readingIn(bare, point).numbers.count
    const plain = point === '.' ? this.#numbers : this.#plain.grouped
    return readingIn(family, point).numbers.count + others + (plain?.count ?? 0)
  }

  #bestOf(point: Point): Candidate | undefined {
    return [...this.#decimals.families.values()]
      .map((family) => ({ family, total: this.#totalOf(family, point) }))
      .filter(({ family, total }) => isUsual(family, point, total))
      .sort((a, b) => b.total - a.total)[0]
  }

  #readingOf(family: Family, point: Point): FormReading {
    const { leastDecimals, mostDigits } = this.#plain
    // Plain numbers in a column of decimal commas are whole.
    const whole = this.#numbers.count > 0 ? 0 : Number.POSITIVE_INFINITY
    const form = formOf(family, point, point === '.' ? leastDecimals : whole, mostDigits)
    const read = numberReader(form)
    const parts = [...new Set([family, ...(this.#bare === undefined ? [] : [this.#bare])])]
    const plain = point === '.' ? this.#numbers : (this.#plain.grouped ?? this.#numbers)
    const tallies = parts.map((part) => readingIn(part, point).numbers)
    return {
      form,
      numbers: tallies.reduce((all, own) => joinedNumbers(all, own.summary(), read), plain.summary()),
      texts: tallies.reduce((sum, { count }) => sum + count, 0),
    }
  }

  /** Plain numbers with points between thousands, in a table of decimal commas. */
  #groupedPlain(): FormReading | undefined {
    const grouped = this.#plain.hasGroups ? this.#plain.grouped : undefined
    if (grouped === undefined || grouped.count < this.#numbers.count) return undefined
    const form: NumberForm = { name: 'decimal', point: ',', group: '.', decimals: 0 }
    return { form, numbers: grouped.summary(), texts: 0 }
  }
}
