import type { DecimalForm } from '../forms/decimal.ts'
import type { Level } from '../levels.ts'
import type { PointEvidence } from './decimal-tally.ts'
import type { NumberTally } from './number-tally.ts'

/** Whether a text may begin or end with a blank. */
const hasBlanks = (text: string): boolean =>
  text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32

/** Whole numbers from 1 to 999. */
const isSmall = (value: number): boolean => value >= 1 && value < 1000

const GROUPED = /^-?[1-9]\d{0,2}\.\d{3}$/
const EXPONENT = /^([+-]?\d+(?:\.(\d*))?)([eE])([+-]?)(\d+)$/

/** Numbers such as 12.5 that a column of decimal commas does not have; so many are mistakes. */
const MOST_AGAINST = 3
const SHARE_AGAINST = 0.01

interface Exponents {
  readonly form: NonNullable<DecimalForm['exponent']>
  readonly count: number
  readonly decimals: number
}

/**
 * How plain numbers are written, and what they are should the column turn out to have points between thousands: 539.875
 * is 539875 then.
 */
export class PlainTally {
  readonly #numbers: NumberTally
  #texts = 0
  #leastDecimals = Number.POSITIVE_INFINITY
  #trailing = false
  #mostDigits = 0
  #plus = 0
  /** Numbers below 1 that are written .5, and 0.5. */
  #bare = 0
  #led = 0
  #exponents: Exponents | undefined
  #grouped: NumberTally | undefined
  #against = 0
  #either = 0
  #small = 0
  #example: PointEvidence['example']

  /** Beside a tally of the numbers themselves. */
  constructor(numbers: NumberTally) {
    this.#numbers = numbers
  }

  /** The fewest decimals of a text, and the digits of the longest without any. */
  get leastDecimals(): number {
    return this.#leastDecimals
  }

  get mostDigits(): number {
    return this.#mostDigits
  }

  /** Whether some numbers have what would be points between thousands. */
  get hasGroups(): boolean {
    return this.#grouped !== undefined && !this.#isRefuted
  }

  /** The numbers where points stand between thousands; undefined where they cannot. */
  get grouped(): NumberTally | undefined {
    return this.#isRefuted ? undefined : (this.#grouped ?? this.#numbers)
  }

  /** What the texts say of a point before decimals or between thousands. */
  get evidence(): PointEvidence {
    return {
      ...{ point: this.#against, comma: 0, either: this.#either, small: this.#small },
      ...(this.#example && { example: this.#example }),
    }
  }

  get #isRefuted(): boolean {
    return this.#against > MOST_AGAINST + SHARE_AGAINST * this.#texts
  }

  forget(slot: number): void {
    this.#grouped?.forget(slot)
  }

  /** Takes in the text of a number, before that is added to the numbers themselves. */
  add(given: string, value: number, slot: number): void {
    this.#texts++
    const text = hasBlanks(given) ? given.trim() : given
    const point = text.indexOf('.')
    this.#addGrouped(text, value, slot, point >= 0)
    if (text.charCodeAt(0) === 43) this.#plus++
    if (point === 0 || (point === 1 && !(text.charCodeAt(0) >= 48))) this.#bare++
    else if (point > 0 && point < 3 && text.charCodeAt(point - 1) === 48 && Math.abs(value) < 1) this.#led++
    if ((text.includes('e') || text.includes('E')) && this.#addExponent(text)) return
    const decimals = point < 0 ? 0 : text.length - point - 1
    if (decimals > 0 && text.charCodeAt(text.length - 1) === 48) this.#trailing = true
    this.#leastDecimals = Math.min(this.#leastDecimals, decimals)
    if (point < 0) this.#mostDigits = Math.max(this.#mostDigits, text.length)
  }

  /** Takes in a number that is no text. */
  addNative(value: number, cell: Level, slot: number): void {
    if (Number.isInteger(value)) this.#grouped?.add(value, cell, slot)
    else this.#against++
  }

  /** The form of `count` numbers, where they are written otherwise than numbers are. */
  form(count: number): DecimalForm | undefined {
    const plain = { name: 'decimal', point: '.' } as const
    if (this.#texts < count || this.#texts === 0) return undefined
    if (this.#exponents !== undefined) {
      const { form: exponent, count: written, decimals } = this.#exponents
      return written === this.#texts ? { ...plain, decimals, exponent } : undefined
    }
    const decimals = this.#trailing ? this.#leastDecimals : 0
    const isBare = this.#bare > 0 && this.#led === 0
    if (decimals === 0 && this.#plus === 0 && !isBare) return undefined
    return { ...plain, ...(this.#plus > 0 && { plus: true }), ...(isBare && { isBare }), decimals }
  }

  #addExponent(text: string): boolean {
    const [, , fraction = '', letter, sign, power] = EXPONENT.exec(text) ?? []
    if (letter === undefined) return false
    const { form, count = 0, decimals = 0 } = this.#exponents ?? {}
    this.#exponents = {
      form: {
        letter: letter === 'E' ? 'E' : 'e',
        digits: Math.min(power.length, form?.digits ?? power.length),
        plus: sign === '+' || (form?.plus ?? false),
      },
      count: count + 1,
      decimals: Math.max(fraction.length, decimals),
    }
    return true
  }

  #addGrouped(text: string, value: number, slot: number, hasPoint: boolean): void {
    if (!hasPoint && isSmall(value)) this.#small++
    if (this.#isRefuted) {
      this.#grouped = undefined
      if (hasPoint) this.#against++
      return
    }
    if (!hasPoint) this.#grouped?.add(value, text, slot)
    else if (!GROUPED.test(text)) this.#against++
    else {
      this.#either++
      this.#example ??= { text: text.trim(), point: value, comma: Math.round(value * 1000), isDollar: false }
      this.#grouped ??= this.#numbers.clone()
      this.#grouped.add(Math.round(value * 1000), text, slot)
    }
  }
}
