/** Texts that are numbers or not by what the rest of their column is: codes, plates, footnoted numbers. */
import { unmarked } from '../forms/marks.ts'
import type { Level } from '../levels.ts'
import { numberOf } from '../number-text.ts'
import { joinedNumbers, type Numbers, NumberTally } from './number-tally.ts'

/** Texts among plain numbers from which on they are codes: fewer are numbers that somebody wrote with a zero too many. */
const CODES = 0.005
/** Footnotes are on fewer numbers than this, or differ; where most have the same star it means something. */
const MARKED = 0.5
const SAFE_DIGITS = 15
const DIGITS = /^\d+$/
/** 78E45: a number with an exponent has one digit before it, unless it has a sign or decimals. */
const PLATE = /^\d+[eE]\d+$/
const MANTISSA = 2

/** Whether a text of a number is a code: 08925, or more digits than a double holds. */
function isCode(text: string, value: number): boolean {
  const first = text.charCodeAt(0)
  const second = text.charCodeAt(1)
  if (first === 48 && second >= 48 && second <= 57) return DIGITS.test(text)
  return text.length > SAFE_DIGITS && DIGITS.test(text) && !Number.isSafeInteger(value)
}

/** What a text may be besides a plain number. */
type Guard = 'code' | 'plate' | 'marked'

/** The three in turn, with how many texts they hold. */
export class GuardedNumbers {
  readonly #tallies: Readonly<Record<Guard, NumberTally>>
  /** Two marks that differ. */
  readonly #marks = new Set<string>()
  #leastWidth = Number.POSITIVE_INFINITY
  #mostWidth = 0
  #leastMantissa = Number.POSITIVE_INFINITY

  constructor(room: number) {
    this.#tallies = {
      code: new NumberTally(room),
      plate: new NumberTally(room),
      marked: new NumberTally(room),
    }
  }

  forget(slot: number): void {
    for (const tally of Object.values(this.#tallies)) tally.forget(slot)
  }

  /** Takes in a text of a number; whether it may be none. */
  add(text: string, value: number, slot: number): boolean {
    if (isCode(text, value)) return this.#add('code', text, value, slot)
    if (!(text.includes('E') || text.includes('e')) || !PLATE.test(text.trim())) return false
    const trimmed = text.trim()
    this.#leastWidth = Math.min(this.#leastWidth, trimmed.length)
    this.#mostWidth = Math.max(this.#mostWidth, trimmed.length)
    this.#leastMantissa = Math.min(this.#leastMantissa, trimmed.search(/[eE]/))
    return this.#add('plate', text, value, slot)
  }

  /** Takes in a text that is a plain number but for the marks beside it; whether it is one. */
  addMarked(text: string, slot: number): boolean {
    const bare = unmarked(text)
    const value = bare === undefined ? Number.NaN : numberOf(bare)
    if (bare === undefined || Number.isNaN(value)) return false
    if (this.#marks.size < 2) this.#marks.add(text.replace(bare, '').trim())
    return this.#add('marked', text, value, slot)
  }

  /** Texts that are codes though a plain number looks the same, in a column of so many cells and plain numbers. */
  codesAmong(values: number, plain: number): number {
    const { code, plate } = this.#tallies
    const codes = code.count < CODES * values ? 0 : code.count
    return codes + (this.#arePlates(plain) ? plate.count : 0)
  }

  /** Plain numbers with those of these texts that are numbers, too, and how many. */
  joinedTo(
    plain: Numbers,
    values: number,
    numberIn: (level: Level) => number,
  ): { readonly numbers: Numbers; readonly texts: number; readonly marked: number } {
    const { code, plate, marked } = this.#tallies
    const all = plain.count + plate.count + code.count
    const isJoined: Readonly<Record<Guard, boolean>> = {
      code: code.count < CODES * values,
      plate: !this.#arePlates(plain.count),
      marked: marked.count < MARKED * (all + marked.count) || this.#marks.size > 1,
    }
    const tallies = (['code', 'plate', 'marked'] as const)
      .filter((name) => isJoined[name])
      .map((name) => this.#tallies[name])
    return {
      numbers: tallies.reduce((sum, tally) => joinedNumbers(sum, tally.summary(), numberIn), plain),
      texts: tallies.reduce((sum, { count }) => sum + count, 0),
      marked: isJoined.marked ? marked.count : 0,
    }
  }

  #add(guard: Guard, text: string, value: number, slot: number): true {
    this.#tallies[guard].add(value, text, slot)
    return true
  }

  /** Whether all numbers are written like 78E45: whole ones of two digits or more, an exponent without a sign, of one width. */
  #arePlates(plain: number): boolean {
    const { plate, code } = this.#tallies
    return (
      plate.count > 0 &&
      plain + code.count === 0 &&
      this.#leastWidth === this.#mostWidth &&
      this.#leastMantissa >= MANTISSA
    )
  }
}
