/** Cells as they come become the slots of encoded rows, by the schema of their column. */
import { fail } from '../../base/errors.ts'
import { DAY, MINUTE, minutesAhead } from '../../data/tables/dates/calendar.ts'
import { currentFormat } from '../../data/tables/dates/format.ts'
import { FARTHEST } from '../../data/tables/kinds/real.ts'
import { type Level, levelFinder, levelKey } from '../../data/tables/levels.ts'
import { MISSING_WORDS } from '../../data/tables/missing.ts'
import { missingIn } from '../../data/tables/missing-in.ts'
import { LARGEST, numberOf } from '../../data/tables/number-text.ts'
import type { Transform } from '../../data/tables/real-transform.ts'
import type { ColumnSchema } from '../../data/tables/schema.ts'
import { pairFinder } from '../../data/tables/truth.ts'
import type { Emitter } from './emitter.ts'

/** What a column's cells are given as: numbers, dates as milliseconds since 1970, or texts. */
export type CellType = 'number' | 'milliseconds' | 'text'

/** A column's slots [batch, slots] and whether it is known [batch, 1], both float64. */
interface Encoded {
  readonly slots: string
  readonly known: string
}

const areNumbers = (levels: readonly Level[]): boolean => levels.every((level) => typeof level === 'number')

/** What the cells of a column are given as. Error: `export/own-kind`. */
export function cellTypeOf(column: ColumnSchema): CellType {
  switch (column.kind) {
    case 'real':
    case 'count':
      return 'number'
    case 'datetime':
      return 'milliseconds'
    case 'binary':
      return areNumbers(column.levels) ? 'number' : 'text'
    case 'categorical':
    case 'ordinal':
      return 'text'
    default:
      return fail({
        code: 'export/own-kind',
        seen: `column "${column.name}" of kind ${column.kind}, whose code is not in the model`,
        wanted: 'kinds of columns that ONNX has operators for',
        fix: 'train without that column, or score in Node.js',
        usage: true,
      })
  }
}

/** Encodes the cells [batch, 1] of a column. */
export function encodedColumn(e: Emitter, column: ColumnSchema, cells: string): Encoded {
  if (column.kind === 'real') {
    const known = knownNumbers(e, column, cells)
    const moved = e.op('Div', [
      e.op('Sub', [transformed(e, column.transform, cells), column.center]),
      column.scale,
    ])
    return zeroWhereUnknown(e, e.op('Min', [e.op('Max', [moved, -FARTHEST]), FARTHEST]), known)
  }
  if (column.kind === 'count') {
    const isCount = e.op('And', [
      e.op('Equal', [cells, e.op('Floor', [cells])]),
      e.op('GreaterOrEqual', [cells, 0]),
    ])
    return zeroWhereUnknown(e, cells, e.op('And', [knownNumbers(e, column, cells), isCount]))
  }
  if (column.kind === 'datetime') {
    const { center, scale, cycles, format } = column
    const ahead = minutesAhead(currentFormat(format).zone ?? '') * MINUTE
    const local = e.op('Add', [cells, ahead])
    const waves = cycles.flatMap((cycle) => {
      const angle = e.op('Mul', [phases[cycle](e, local), 2 * Math.PI])
      const wave = (off: number) => e.op('Mul', [e.op('Sin', [e.op('Add', [angle, off])]), Math.SQRT2])
      return [wave(0), wave(Math.PI / 2)]
    })
    const time = e.op('Div', [e.op('Sub', [cells, center]), scale])
    const slots = waves.length === 0 ? time : e.op('Concat', [time, ...waves], { axis: 1 })
    return zeroWhereUnknown(e, slots, knownNumbers(e, column, cells))
  }
  if (column.kind === 'binary' && areNumbers(column.levels)) {
    const [none, one] = column.levels.map(Number)
    const other = e.cast(e.op('Greater', [cells, (none + one) / 2]), 'float64')
    const found = e.op('Where', [e.op('Equal', [cells, none]), 0, other])
    const place = e.op('Where', [e.op('Equal', [cells, one]), 1, found])
    return zeroWhereUnknown(e, place, knownNumbers(e, column, cells))
  }
  if (column.kind === 'binary') {
    const place = placeOf(e, column, column.levels, pairFinder(column.levels), -1, cells)
    return zeroWhereUnknown(e, place, e.op('GreaterOrEqual', [place, 0]))
  }
  if (column.kind === 'ordinal') {
    const place = placeOf(e, column, column.levels, levelFinder(column.levels), -1, cells)
    const rank = e.op('Div', [e.op('Sub', [place, column.center]), column.scale])
    return zeroWhereUnknown(e, rank, e.op('GreaterOrEqual', [place, 0]))
  }
  if (column.kind === 'categorical') {
    const { levels, other } = column
    const place = placeOf(
      e,
      column,
      levels,
      levelFinder(levels),
      other === undefined ? -1 : levels.length,
      cells,
    )
    const count = levels.length + (other === undefined ? 0 : 1)
    const all = e.constant(
      Array.from({ length: count }, (_, at) => at),
      [1, count],
    )
    const slots = e.cast(e.op('Equal', [place, all]), 'float64')
    return zeroWhereUnknown(e, slots, e.op('GreaterOrEqual', [place, 0]))
  }
  cellTypeOf(column)
  throw new TypeError(column.kind)
}

/** Nothing stands where nothing is known. */
function zeroWhereUnknown(e: Emitter, slots: string, known: string): Encoded {
  return { slots: e.op('Where', [known, slots, 0]), known: e.cast(known, 'float64') }
}

/** Neither NaN, nor too large to compute with, nor one of the numbers that stand for missing. */
function knownNumbers(e: Emitter, column: ColumnSchema, cells: string): string {
  const known = e.op('LessOrEqual', [e.op('Abs', [cells]), LARGEST])
  const absent = ('absent' in column ? (column.absent ?? []) : []).map(numberOf)
  return absent
    .filter((value) => !Number.isNaN(value))
    .reduce((all, value) => e.op('And', [all, e.op('Not', [e.op('Equal', [cells, value])])]), known)
}

/** Spellings of a word that are looked up. */
const spellings = (word: string): readonly string[] => {
  const small = word.toLowerCase()
  return [word, small, word.toUpperCase(), small.charAt(0).toUpperCase() + small.slice(1), `${word}.0`]
}
const TRUTHS = ['true', 'false', 'yes', 'no', 'y', 'n', 't', 'f', 'on', 'off', '0', '1']

/** Places of texts among levels, −1 where nothing is known, `unseen` where it is another. */
function placeOf(
  e: Emitter,
  column: ColumnSchema,
  levels: readonly Level[],
  find: (cell: string) => number,
  unseen: number,
  cells: string,
): string {
  const isMissing = missingIn(column)
  const words = [...levels.map(levelKey), ...TRUTHS, ...MISSING_WORDS].flatMap(spellings)
  const places = new Map<string, number>()
  for (const word of words) {
    const place = isMissing(word) ? -1 : find(word)
    if (place >= 0 || isMissing(word)) places.set(word, place)
  }
  const [place] = e.special({
    type: 'LabelEncoder',
    domain: 'ai.onnx.ml',
    inputs: [cells],
    attributes: {
      keys_strings: { strings: [...places.keys()] },
      values_int64s: [...places.values()],
      default_int64: unseen,
    },
  })
  return e.cast(place, 'float64')
}

/** Numbers after the transform of their column. */
function transformed(e: Emitter, transform: Transform, x: string): string {
  if (transform.name === 'none') return x
  if (transform.name === 'log') {
    const { offset, from } = transform
    const moved = e.op('Add', [x, offset])
    const line = e.op('Add', [e.op('Div', [moved, from]), Math.log(from) - 1])
    return e.op('Where', [
      e.op('GreaterOrEqual', [moved, from]),
      e.op('Log', [e.op('Max', [moved, from])]),
      line,
    ])
  }
  const { values, scores, below, above } = transform
  const end = values.length - 1
  const beyond = (distance: string, reach: number) =>
    e.op('Log', [e.op('Add', [e.op('Max', [e.op('Div', [distance, reach]), 0]), 1])])
  const low = e.op('Sub', [scores[0], beyond(e.op('Sub', [values[0], x]), below)])
  const high = e.op('Add', [scores[end], beyond(e.op('Sub', [x, values[end]]), above)])
  const within = e.op('Where', [e.op('Greater', [x, values[end]]), high, interpolated(e, values, scores, x)])
  return e.op('Where', [e.op('Less', [x, values[0]]), low, within])
}

/** Piecewise linear between knots; where a value repeats, halfway between its scores. */
function interpolated(e: Emitter, xs: readonly number[], ys: readonly number[], x: string): string {
  const knots = e.constant(xs, [1, xs.length])
  const count = (type: string) => e.sum(e.cast(e.op(type, [knots, x]), 'float64'), 1)
  const [less, most] = [count('Less'), count('LessOrEqual')]
  const at = (table: readonly number[], place: string) => {
    const held = e.op('Min', [e.op('Max', [place, 0]), xs.length - 1])
    return e.op('Gather', [e.constant(table, [table.length]), e.cast(held, 'int64')])
  }
  const before = e.op('Sub', [less, 1])
  const equal = e.op('Mul', [e.op('Add', [at(ys, less), at(ys, e.op('Sub', [most, 1]))]), 0.5])
  const share = e.op('Div', [e.op('Sub', [x, at(xs, before)]), e.op('Sub', [at(xs, less), at(xs, before)])])
  const between = e.op('Add', [
    at(ys, before),
    e.op('Mul', [share, e.op('Sub', [at(ys, less), at(ys, before)])]),
  ])
  return e.op('Where', [e.op('Greater', [most, less]), equal, between])
}

/** How far local time is through a cycle, from 0 to 1. */
const phases: Readonly<Record<'hour' | 'weekday' | 'year', (e: Emitter, time: string) => string>> = {
  hour(e, time) {
    const days = e.op('Div', [time, DAY])
    return e.op('Sub', [days, e.op('Floor', [days])])
  },
  weekday(e, time) {
    // 1 January 1970 was a Thursday, the fourth day from Monday.
    return e.op('Div', [remainder(e, e.op('Add', [wholeDays(e, time), 3]), 7), 7])
  },
  year(e, time) {
    const days = wholeDays(e, time)
    const inDay = e.op('Sub', [time, e.op('Mul', [days, DAY])])
    return e.op('Div', [e.op('Add', [e.op('Mul', [dayOfYear(e, days), DAY]), inDay]), 366 * DAY])
  },
}

const floored = (e: Emitter, value: string, by: number): string => e.op('Floor', [e.op('Div', [value, by])])
const wholeDays = (e: Emitter, time: string): string => floored(e, time, DAY)
const remainder = (e: Emitter, value: string, by: number): string =>
  e.op('Sub', [value, e.op('Mul', [floored(e, value, by), by])])

/** Days since 1 January of days since 1970, by years that begin in March, whose leap day comes last (Hinnant 2013). */
function dayOfYear(e: Emitter, days: string): string {
  const since = e.op('Add', [days, 719_468])
  const era = floored(e, since, 146_097)
  const day = e.op('Sub', [since, e.op('Mul', [era, 146_097])])
  const leaps = e.op('Sub', [
    e.op('Add', [e.op('Sub', [day, floored(e, day, 1460)]), floored(e, day, 36_524)]),
    floored(e, day, 146_096),
  ])
  const year = floored(e, leaps, 365)
  const fromMarch = e.op('Sub', [
    day,
    e.op('Sub', [e.op('Add', [e.op('Mul', [year, 365]), floored(e, year, 4)]), floored(e, year, 100)]),
  ])
  const full = e.op('Add', [year, e.op('Mul', [era, 400])])
  const isMultiple = (by: number) => e.op('Equal', [remainder(e, full, by), 0])
  const isLeap = e.op('Or', [e.op('And', [isMultiple(4), e.op('Not', [isMultiple(100)])]), isMultiple(400)])
  const untilMarch = e.op('Add', [e.cast(isLeap, 'float64'), 59])
  // January and February are the last 60 days of such a year, from its day 306 on.
  return e.op('Where', [
    e.op('GreaterOrEqual', [fromMarch, 306]),
    e.op('Sub', [fromMarch, 306]),
    e.op('Add', [fromMarch, untilMarch]),
  ])
}
