/** Whether the first line of a text table names its columns. */
import { isNumberText } from '../tables/number-text.ts'
import { type CellShape, cellShape } from './cell-shape.ts'

/** A column whose cells are of one kind in this share, is of that kind. */
const MOST = 0.9
/** Rows that are a series like the first line, in this share, make that line one of them. */
const FEW = 0.02
/** Numbers that rise along the first line are names from so many on: by chance they hardly do. */
const RISING = 6

const WHOLE = /^\d+$/
const isYear = (x: number): boolean => x >= 1800 && x <= 2100

/** A column with what the first line has above it. */
interface Column {
  readonly name: string
  readonly shape: CellShape
  readonly cells: readonly string[]
  /** Whether what is below are numbers or dates. */
  readonly isTyped: boolean
}

function columnAt(first: readonly string[], rows: readonly (readonly string[])[], at: number): Column {
  const cells = rows.map((row) => (row[at] ?? '').trim()).filter((cell) => cellShape(cell) !== 'nothing')
  const typed = cells.filter((cell) => cellShape(cell) !== 'text').length
  const name = first[at].trim()
  return { name, shape: cellShape(name), cells, isTyped: typed > 0 && typed >= MOST * cells.length }
}

const share = (cells: readonly string[], test: (cell: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(test).length / cells.length

/** Whether a number may well name the column below it: a whole one over fractions, a year over what is none. */
function mayName({ name, cells }: Column): boolean {
  if (!WHOLE.test(name)) return false
  if (share(cells, (cell) => !WHOLE.test(cell)) >= 0.5) return true
  return isYear(Number(name)) && share(cells, (cell) => WHOLE.test(cell) && isYear(Number(cell))) < 0.5
}

const isCounted = (numbers: readonly number[]): boolean =>
  (numbers[0] === 0 || numbers[0] === 1) && numbers.every((x, at) => x === numbers[0] + at)
const isRising = (numbers: readonly number[]): boolean =>
  numbers.every((x, at) => at === 0 || x > numbers[at - 1])

/** The numbers of some columns in a row. */
const numbersOf = (row: readonly string[], places: readonly number[]): number[] =>
  places.map((at) => (isNumberText(row[at] ?? '') ? Number(row[at]) : Number.NaN))

/** Whether the numbers in the first line are a series that names columns: 0, 1, 2, …; years; what rises along them. */
function isSeries(
  first: readonly string[],
  rows: readonly (readonly string[])[],
  places: readonly number[],
  columns: readonly Column[],
): boolean {
  const numbers = numbersOf(first, places)
  if (numbers.some(Number.isNaN)) return false
  const like = (test: (numbers: readonly number[]) => boolean) =>
    rows.filter((row) => test(numbersOf(row, places))).length / rows.length
  const whole = places.every((at) => WHOLE.test(columns[at].name))
  const named = places.filter((at) => mayName(columns[at])).length >= places.length / 2
  if (whole && isCounted(numbers) && (numbers.length > 3 || numbers[0] === 0 || named))
    return numbers.length > 1 && like(isCounted) < FEW
  if (whole && numbers.every(isYear) && isRising(numbers) && named)
    return numbers.length > 1 || rows.length >= 5
  return numbers.length >= RISING && isRising(numbers) && like(isRising) < 5 * FEW
}

/** Whether words of the first line come up again below them, as levels do and names do not. */
function recurs(columns: readonly Column[]): boolean {
  const words = columns.filter(({ shape, cells }) => shape === 'text' && cells.length > 0)
  const again = words.filter(({ name, cells }) => cells.includes(name))
  return words.length > 0 && again.length >= words.length / 2
}

/** Whether the first line has all names that a model knows, and the rows do not look like it. */
export function isKnown(
  first: readonly string[],
  rows: readonly (readonly string[])[],
  known: readonly string[],
): boolean {
  const has = (line: readonly string[]) => known.every((name) => line.some((cell) => cell.trim() === name))
  return known.length > 0 && has(first) && rows.filter(has).length <= FEW * rows.length
}

/**
 * Whether the first line names the columns, by what stands below it.
 *
 * A word over numbers is a name; numbers over numbers are names where they are a series (years, 0, 1, 2, …) that the
 * rows are not; words over words are names unless they come up again. Without rows it does when it has no number.
 */
export function isHeader(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  if (rows.length === 0) return !first.some(isNumberText)
  const columns = first.map((_, at) => columnAt(first, rows, at))
  const typed = columns.filter(({ isTyped }) => isTyped)
  const words = typed.filter(({ shape }) => shape === 'text').length
  const places = columns.flatMap(({ isTyped, shape }, at) => (isTyped && shape === 'number' ? [at] : []))
  const alike = typed.filter(({ shape }) => shape === 'number' || shape === 'date')
  if (alike.length === 0) return words > 0 || !(first.some(isNumberText) || recurs(columns))
  if (words > 0 && alike.filter(mayName).length >= alike.length / 2) return true
  if (words > alike.length) return true
  return places.length === alike.length && !recurs(columns) && isSeries(first, rows, places, columns)
}
