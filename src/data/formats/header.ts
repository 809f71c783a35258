/** Whether the first line of a text table names its columns. */
import { isNumberText } from '../tables/number-text.ts'
import { type CellShape, cellShape, numberMark } from './cell-shape.ts'

/** A column whose cells are of one kind in this share, is of that kind. */
const MOST_CELLS = 0.9
/** Rows that are a series like the first line, in this share, make that line one of them. */
const FEW = 0.02
/** A lone word over a column of nothing but numbers is its name, from so many of them on. */
const SURE_ROWS = 5
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
  /** Whether all of it is. */
  readonly isAllTyped: boolean
}

function columnAt(first: readonly string[], rows: readonly (readonly string[])[], at: number): Column {
  const cells = rows.map((row) => (row[at] ?? '').trim()).filter((cell) => cellShape(cell) !== 'nothing')
  const typed = cells.filter((cell) => cellShape(cell) !== 'text').length
  const name = first[at].trim()
  return {
    ...{ name, shape: cellShape(name), cells },
    isTyped: typed > 0 && typed >= MOST_CELLS * cells.length,
    isAllTyped: typed === cells.length,
  }
}

const share = (cells: readonly string[], test: (cell: string) => boolean): number =>
  cells.filter(test).length / cells.length

/** Whether a number may well name the column below it: a whole one over fractions, a year over what is none. */
function mayName({ name, cells }: Column): boolean {
  if (!WHOLE.test(name)) return false
  if (share(cells, (cell) => !WHOLE.test(cell)) >= 0.5) return true
  return isYear(Number(name)) && share(cells, (cell) => WHOLE.test(cell) && isYear(Number(cell))) < 0.5
}

/**
 * Whether the first cell is of a kind that no cell below it is: a date, a time, a percentage or a number such as 2nd or
 * 5k over plain numbers; any number or date over words alone.
 */
function differs({ name, shape, cells, isTyped }: Column): boolean {
  if (shape !== 'number' && shape !== 'date') return false
  if (!isTyped) return cells.length >= SURE_ROWS && share(cells, (cell) => cellShape(cell) === 'text') === 1
  const isPlain = (cell: string) => cellShape(cell) === 'number' && numberMark(cell) === ''
  if (shape === 'date') return share(cells, isPlain) >= 1 - FEW
  const mark = numberMark(name)
  return share(cells, isPlain) >= MOST_CELLS && share(cells, (cell) => numberMark(cell) === mark) < FEW
}

const isCounted = (numbers: readonly number[]): boolean =>
  (numbers[0] === 0 || numbers[0] === 1) && numbers.every((x, at) => x === numbers[0] + at)
const isRising = (numbers: readonly number[]): boolean =>
  numbers.every((x, at) => at === 0 || x > numbers[at - 1])

/** The numbers of some columns in a row; NaN, which no series has in it, for what is none. */
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

/** What is to be said of the first line of a table. */
export interface FirstLine {
  /** Whether it names the columns. */
  readonly isNamed: boolean
  /** Whether some of its columns speak against that. */
  readonly isDoubtful: boolean
}

/** What is said where columns disagree, for people. */
export const doubtNote = (isNamed: boolean): string =>
  isNamed
    ? 'the first line is taken for names of columns; where it is a row, say --header no'
    : 'the first line is taken for a row; where it names the columns, say --header yes'

const isDistinct = (first: readonly string[]): boolean => {
  const names = first.map((cell) => cell.trim()).filter((name) => name !== '')
  return new Set(names).size === names.length
}

/**
 * Whether the first line names the columns, by what stands below it.
 *
 * A word over numbers is a name, and so is a date, a percentage or 5k over plain numbers; numbers over numbers are names
 * where they are a series (years, 0, 1, 2, …) that the rows are not; words over words are names unless they come up
 * again. Where columns disagree most of them decide, but a word over numbers alone outweighs the others where the first
 * line says nothing twice. Without rows it does when it has no number.
 */
export function firstLine(first: readonly string[], rows: readonly (readonly string[])[]): FirstLine {
  const columns = first.map((_, at) => columnAt(first, rows, at))
  const odd = columns.filter(differs)
  const words = columns.filter(({ isTyped, shape }) => isTyped && shape === 'text')
  const alike = columns.filter(
    (column) =>
      column.isTyped && (column.shape === 'number' || column.shape === 'date') && !odd.includes(column),
  )
  const votes = words.length + odd.length
  const against = alike.length
  const doubtful = (isNamed: boolean): FirstLine => ({ isNamed, isDoubtful: votes > 0 })
  if (against === 0) {
    const isNamed = words.length > 0 || (!recurs(columns) && (odd.length > 0 || !first.some(isNumberText)))
    return { isNamed, isDoubtful: words.length === 0 && odd.length === 1 }
  }
  if (votes > 0 && alike.filter(mayName).length >= against / 2) return { isNamed: true, isDoubtful: false }
  if (isNumbered(first, rows, columns, alike)) return { isNamed: true, isDoubtful: false }
  if (words.length > 0 && votes > against) return doubtful(true)
  const isSure = words.some(
    ({ name, cells, isAllTyped }) => isAllTyped && cells.length >= SURE_ROWS && /\p{L}/u.test(name),
  )
  return doubtful(!recurs(columns) && (votes > against || (isSure && isDistinct(first))))
}

/** Whether the first line has a series of numbers over the columns that have numbers as it has. */
function isNumbered(
  first: readonly string[],
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  alike: readonly Column[],
): boolean {
  const places = alike.map((column) => columns.indexOf(column))
  return !recurs(columns) && isSeries(first, rows, places, columns)
}
