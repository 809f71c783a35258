/** What is kept of a column while its cells stream by: exact counts and moments, a sample, a table of levels. */
import type { Cell } from '../cell.ts'
import type { NumberForm } from '../forms/index.ts'
import { numberReader } from '../forms/index.ts'
import { type Level, levelOf } from '../levels.ts'
import { isMissingAmongNumbers, missingTest } from '../missing.ts'
import { numberOf } from '../number-text.ts'
import { formTally } from './form-tally.ts'
import { joinedNumbers, type LevelCount, type Numbers, NumberTally } from './number-tally.ts'
import { type Texts, textTally } from './text-tally.ts'

export interface NumberSummary extends Numbers {
  /** How they are written, where that is not how numbers are. */
  readonly form?: NumberForm
}

/** A column as it was seen. */
export interface ColumnSummary {
  readonly name: string
  /** Its place in the table, from 0, and whether it has a name. */
  readonly place: number
  readonly isNamed: boolean
  readonly rows: number
  readonly missing: number
  /** The words that were taken for missing, each as it was written. */
  readonly missingWords: readonly LevelCount[]
  /** Values that somebody says stand for missing. */
  readonly absent: readonly Level[]
  readonly numbers: NumberSummary
  readonly texts: Texts
  /** Texts of digits that are no numbers: with zeros in front, or with more digits than a double holds. */
  readonly codes: number
  /** What stands around numbers, where that differs from cell to cell. */
  readonly affixes: readonly string[]
}

/** What is known of a column beforehand. */
export interface KnownColumn {
  readonly name: string
  readonly place: number
  readonly isNamed: boolean
  /** Values that stand for missing, and words that do not. */
  readonly absent?: readonly Level[]
  readonly levels?: readonly Level[]
  /** Whether somebody says that it is one of numbers, or one of levels. */
  readonly told?: 'numbers' | 'levels'
}

/** Counts the cells of one column. */
export interface ColumnTally {
  /** Takes in a cell; `slot` is its row's place in the sample, −1 where it has none. */
  add(cell: Cell, slot: number, place: () => string): void
  /** Whether its numbers have decimal commas. */
  leansToComma(): boolean
  /** `inCommaTable`: whether another column of the table has them. */
  summary(inCommaTable?: boolean): ColumnSummary
}

/** Texts among plain numbers from which on they are codes: fewer are numbers that somebody wrote with a zero too many. */
const CODES = 0.005
const SAFE_DIGITS = 15
const DIGITS = /^\d+$/

/** Whether a text of a number is a code: 08925, or more digits than a double holds. */
function isCode(text: string, value: number): boolean {
  const first = text.charCodeAt(0)
  const second = text.charCodeAt(1)
  if (first === 48 && second >= 48 && second <= 57) return DIGITS.test(text)
  return text.length > SAFE_DIGITS && DIGITS.test(text) && !Number.isSafeInteger(value)
}

/** Begins the tally of a column, with a sample of at most `room` rows. */
export function columnTally(known: KnownColumn, room: number): ColumnTally {
  const { name, place: at, isNamed, absent = [], levels = [], told } = known
  const numbers = new NumberTally(room)
  const coded = new NumberTally(room)
  const forms = formTally(room, numbers)
  const texts = textTally(room)
  const isMissing = missingTest({ absent, levels })
  const isNamedLevel = missingTest({ absent: levels })
  const words = new Map<string, LevelCount>()
  const dashes = new Map<string, { entry: LevelCount; slot: number; place: () => string }>()
  let rows = 0
  let missing = 0
  let dashCount = 0
  let codes = 0

  const addMissing = (cell: Cell) => {
    missing++
    const word = typeof cell === 'number' && !Number.isNaN(cell) ? String(cell) : cell
    if (typeof word !== 'string') return
    const entry = words.get(word.trim())
    if (entry !== undefined) entry.count++
    else if (word.trim() !== '') words.set(word.trim(), { level: levelOf(word), count: 1 })
  }
  const addDash = (cell: string, slot: number, place: () => string) => {
    dashCount++
    const known = dashes.get(cell.trim())
    if (known !== undefined) known.entry.count++
    else dashes.set(cell.trim(), { entry: { level: levelOf(cell), count: 1 }, slot, place })
  }
  const addText = (cell: string | number | boolean, slot: number, place: () => string) => {
    if (typeof cell === 'string') {
      if (isMissingAmongNumbers(cell) && !(levels.length > 0 && isNamedLevel(cell)))
        return addDash(cell, slot, place)
      forms.add(cell, slot)
    }
    texts.add(cell, slot, place)
  }
  const addNumber = (cell: string | number | boolean, value: number, slot: number, place: () => string) => {
    if (typeof cell === 'string') {
      if (told !== 'numbers' && isCode(cell, value)) {
        codes++
        coded.add(value, cell, slot)
        return texts.add(cell, slot, place)
      }
      forms.addPlain(cell, value, slot)
    } else forms.addNative(value, cell, slot)
    numbers.add(value, cell, slot)
  }
  const forget = (slot: number) => {
    numbers.forget(slot)
    coded.forget(slot)
    forms.forget(slot)
    texts.forget(slot)
  }
  /** Cells that hold something, but for dashes. */
  const values = () => rows - missing - dashCount

  /** The numbers in the best reading of the column, and how many texts are among them. */
  const bestNumbers = (inCommaTable: boolean): { numbers: NumberSummary; texts: number } => {
    if (codes > 0 && codes < CODES * values())
      return { numbers: joinedNumbers(numbers.summary(), coded.summary(), numberOf), texts: codes }
    if (codes > 0) return { numbers: numbers.summary(), texts: 0 }
    const reading = told === 'levels' ? undefined : forms.best(values(), inCommaTable)
    if (reading !== undefined)
      return { numbers: { ...reading.numbers, form: reading.form }, texts: reading.texts }
    const form = forms.plainForm()
    return { numbers: { ...numbers.summary(), ...(form && { form }) }, texts: 0 }
  }
  return {
    add(cell, slot, place) {
      rows++
      if (slot >= 0) forget(slot)
      if (cell === null || isMissing(cell)) return addMissing(cell)
      const value = numberOf(cell)
      if (Number.isNaN(value)) addText(cell, slot, place)
      else addNumber(cell, value, slot, place)
    },
    leansToComma: () => forms.leansToComma(values()),
    summary(inCommaTable = false) {
      const best = bestNumbers(inCommaTable)
      const dates = texts.summary(false).dates.readings[0]?.count ?? 0
      const areGaps = told === 'numbers' || best.numbers.count + dates > values() / 2
      if (!areGaps)
        for (const { entry, slot, place } of dashes.values())
          for (let times = 0; times < entry.count; times++) texts.add(entry.level, slot, place)
      const gaps = areGaps ? [...dashes.values()].map(({ entry }) => entry) : []
      if (!areGaps) dashes.clear()
      return {
        ...{ name, place: at, isNamed, rows, absent, codes: best.texts === codes ? 0 : codes },
        missing: missing + (areGaps ? dashCount : 0),
        missingWords: [...words.values(), ...gaps],
        numbers: best.numbers,
        texts: withoutNumbers(texts.summary(levels.length > 0), best.numbers, best.texts),
        affixes: forms.affixes(),
      }
    },
  }
}

/** The texts of a column without those of its numbers. */
function withoutNumbers(texts: Texts, { form }: NumberSummary, count: number): Texts {
  if (count === 0) return texts
  const read = numberReader(form)
  const isText = (cell: Cell) => Number.isNaN(read(typeof cell === 'string' ? cell : String(cell)))
  return {
    ...texts,
    count: texts.count - count,
    levels: texts.levels.filter(({ level }) => isText(level)),
    complete: texts.complete || texts.count === count,
    first: texts.first.filter(({ cell }) => isText(cell)),
  }
}
