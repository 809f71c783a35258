/** What is kept of a column while its cells stream by: exact counts and moments, a sample, a table of levels. */
import type { Cell } from '../cell.ts'
import { numberReader } from '../forms/index.ts'
import { type Level, levelOf } from '../levels.ts'
import { isMissingAmongNumbers, missingTest } from '../missing.ts'
import { numberOf } from '../number-text.ts'
import { FormTally } from './form-tally.ts'
import { GuardedNumbers } from './guarded-numbers.ts'
import { type LevelCount, NumberTally } from './number-tally.ts'
import type { ColumnSummary, KnownColumn, NumberSummary } from './summary.ts'
import { type Texts, textTally } from './text-tally.ts'

/** Counts the cells of one column. */
export interface ColumnTally {
  /** Takes in a cell; `slot` is its row's place in the sample, −1 where it has none. */
  add(cell: Cell, slot: number, place: () => string): void
  /** Whether its numbers have decimal commas. */
  leansToComma(): boolean
  /** `inCommaTable`: whether another column of the table has them. */
  summary(inCommaTable?: boolean): ColumnSummary
}

/** A word that is missing among numbers, and a level elsewhere. */
interface Dash {
  readonly entry: LevelCount
  readonly place: () => string
}

/** What is kept of a column while its cells stream by. */
class Tally implements ColumnTally {
  readonly #known: KnownColumn
  readonly #numbers: NumberTally
  readonly #guarded: GuardedNumbers
  readonly #forms: FormTally
  readonly #texts: ReturnType<typeof textTally>
  readonly #isMissing: (cell: Cell) => boolean
  readonly #isNamed: (cell: Cell) => boolean
  readonly #words = new Map<string, LevelCount>()
  readonly #dashes = new Map<string, Dash>()
  /** Of the sample, by place. */
  readonly #cells: Cell[] = []
  #rows = 0
  #missing = 0
  #dashCount = 0

  constructor(known: KnownColumn, room: number) {
    const { absent, levels } = known
    this.#known = known
    this.#numbers = new NumberTally(room)
    this.#guarded = new GuardedNumbers(room)
    this.#forms = new FormTally(room, this.#numbers)
    this.#texts = textTally(room)
    this.#isMissing = missingTest({ absent, levels })
    this.#isNamed = levels === undefined ? () => false : missingTest({ absent: levels })
  }

  add(cell: Cell, slot: number, place: () => string): void {
    this.#rows++
    if (slot >= 0) this.#forget(slot)
    if (slot >= 0 && this.#known.keepsCells) this.#cells[slot] = cell
    if (cell === null || this.#isMissing(cell)) {
      this.#addMissing(cell)
      return
    }
    const value = numberOf(cell)
    if (Number.isNaN(value)) this.#addText(cell, slot, place)
    else this.#addNumber(cell, value, slot, place)
  }

  leansToComma(): boolean {
    return this.#forms.leansToComma(this.#values)
  }

  summary(inCommaTable = false): ColumnSummary {
    const { name, place, isNamed, absent = [], levels, told, areSeconds } = this.#known
    const isGap = missingTest({ absent, isNumeric: true })
    const best = this.#bestNumbers(inCommaTable)
    const dates = this.#texts.summary(true).dates.readings[0]?.count ?? 0
    const areGaps = told === 'numbers' || best.numbers.count + dates > this.#values / 2
    const dashes = [...this.#dashes.values()]
    if (!areGaps) this.#dashesAreLevels()
    return {
      ...{ name, place, isNamed, rows: this.#rows, absent },
      ...(areSeconds && { areSeconds }),
      codes: best.codes,
      missing: this.#missing + (areGaps ? this.#dashCount : 0),
      missingWords: [...this.#words.values(), ...(areGaps ? dashes.map(({ entry }) => entry) : [])],
      numbers: best.numbers,
      texts: withoutNumbers(this.#texts.summary(levels !== undefined), best.numbers, best.texts),
      affixes: this.#forms.affixes(this.#values),
      cells: this.#cells.filter((cell) => !isGap(cell)),
    }
  }

  /** Cells that hold something, but for dashes. */
  get #values(): number {
    return this.#rows - this.#missing - this.#dashCount
  }

  #forget(slot: number): void {
    this.#numbers.forget(slot)
    this.#guarded.forget(slot)
    this.#forms.forget(slot)
    this.#texts.forget(slot)
  }

  #addMissing(cell: Cell): void {
    this.#missing++
    const word = typeof cell === 'number' && !Number.isNaN(cell) ? String(cell) : cell
    if (typeof word !== 'string' || word.trim() === '') return
    const entry = this.#words.get(word.trim())
    if (entry !== undefined) entry.count++
    else this.#words.set(word.trim(), { level: levelOf(word), count: 1 })
  }

  #addDash(cell: string, place: () => string): void {
    this.#dashCount++
    const known = this.#dashes.get(cell.trim())
    if (known !== undefined) known.entry.count++
    else {
      const where = place()
      this.#dashes.set(cell.trim(), { entry: { level: levelOf(cell), count: 1 }, place: () => where })
    }
  }

  #addText(cell: Level, slot: number, place: () => string): void {
    if (typeof cell === 'string' && isMissingAmongNumbers(cell) && !this.#isNamed(cell)) {
      this.#addDash(cell, place)
      return
    }
    if (typeof cell === 'string' && !this.#guarded.addMarked(cell, slot)) this.#forms.add(cell, slot)
    this.#texts.add(cell, slot, place)
  }

  #addNumber(cell: Level, value: number, slot: number, place: () => string): void {
    const isGuarded = typeof cell === 'string' && this.#known.told !== 'numbers'
    if (isGuarded && this.#guarded.add(cell, value, slot)) {
      if (/[eE]/.test(cell)) this.#forms.addPlain(cell, value, slot)
      this.#texts.add(cell, slot, place)
      return
    }
    if (typeof cell === 'string') this.#forms.addPlain(cell, value, slot)
    else this.#forms.addNative(value, cell, slot)
    this.#numbers.add(value, cell, slot)
  }

  #dashesAreLevels(): void {
    for (const { entry, place } of this.#dashes.values())
      for (let times = 0; times < entry.count; times++) this.#texts.add(entry.level, -1, place)
    this.#dashes.clear()
    this.#dashCount = 0
  }

  /** The numbers in the best reading of the column, how many texts are among them, and how many are codes instead. */
  #bestNumbers(inCommaTable: boolean): {
    readonly numbers: NumberSummary
    readonly texts: number
    readonly codes: number
  } {
    const setting = { inCommaTable, told: this.#known.point }
    const own = this.#numbers.summary()
    const codes = this.#guarded.codesAmong(this.#values, own.count)
    if (codes > 0 || this.#known.told === 'levels') return { numbers: own, texts: 0, codes }
    const reading = this.#forms.best(this.#values, setting)
    const form = reading?.form ?? this.#forms.plainForm
    const doubt = this.#forms.doubt(setting)
    const all = this.#guarded.joinedTo(reading?.numbers ?? own, this.#values, numberReader(form))
    return {
      numbers: { ...all.numbers, ...(form && { form }), ...(doubt && { doubt }), marked: all.marked },
      texts: all.texts + (reading?.texts ?? 0),
      codes,
    }
  }
}

/** Begins the tally of a column, with a sample of at most `room` rows. */
export const columnTally = (known: KnownColumn, room: number): ColumnTally => new Tally(known, room)

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
