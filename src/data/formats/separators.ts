/** By which separator the lines of a text table fall into as many cells. */
import { BetavaeError } from '../../base/errors.ts'
import { cellShape } from './cell-shape.ts'
import type { Quotes } from './quoted-record.ts'
import { BLANKS, type CsvRecord, CsvSplitter } from './records.ts'

/** Separators that are looked for; runs of blanks only where none of the others is it. */
export const SEPARATORS = ['\t', ';', '|', ',']

/** Words for separators that are hard to type. */
const WORDS: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  bar: '|',
  blanks: BLANKS,
}

/** The separator that a character or a word stands for; undefined for what is neither. */
export const separatorNamed = (text: string): string | undefined =>
  Object.hasOwn(WORDS, text) ? WORDS[text] : /^[^\w"\r\n]$/.test(text) ? text : undefined

/** A text split by one separator. */
export interface Splitting {
  readonly separator: string
  readonly quotes: Quotes
  readonly records: readonly CsvRecord[]
  /** Cells of most records. */
  readonly width: number
  /** The share of the records that have as many. */
  readonly fit: number
}

const isComment = ({ cells }: CsvRecord, width: number): boolean =>
  cells[0].startsWith('#') && cells.length !== width

function mostCommon(widths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  return Math.max(0, ...[...counts].filter(([, count]) => count === most).map(([width]) => width))
}

/** The text's records by a separator; undefined where its quotes do not go with it. */
export function splitBy(
  separator: string,
  text: string,
  isWhole: boolean,
  quotes: Quotes = 'doubled',
): Splitting | undefined {
  const splitter = new CsvSplitter({ separator, quotes, longest: Number.POSITIVE_INFINITY })
  try {
    const all = [...splitter.push(text), ...(isWhole ? splitter.end() : [])]
    const width = mostCommon(all.map(({ cells }) => cells.length))
    const records = all.filter((record) => !isComment(record, width))
    return { separator, quotes, records, width, fit: fitOf(records, width) }
  } catch (error) {
    if (error instanceof BetavaeError) return undefined
    throw error
  }
}

/** The first line may have a cell less: that of the rows' own names. */
function fitOf(records: readonly CsvRecord[], width: number): number {
  const fitting = records.filter(
    ({ cells }, at) => cells.length === width || (at === 0 && cells.length === width - 1),
  )
  return fitting.length / Math.max(1, records.length)
}

/** Whether every comma in the cells is one that a number or a phrase has: 1,5 or 1,234 or "Doe, John". */
const commasAreInside = ({ records }: Splitting): boolean =>
  records.every(({ cells }) =>
    cells.every(
      (cell) => !cell.includes(',') || /^[^,]*(?:, [^,]*)+$/.test(cell) || cellShape(cell) === 'number',
    ),
  )

const isColumnOfNumbers = (records: readonly CsvRecord[], at: number): boolean =>
  records.slice(1).every(({ cells }) => cellShape(cells[at]) === 'number')

/**
 * Words of a text are no cells: columns of blanks are three or more, or two of which one has numbers; the first of them
 * may be the names of rows, which itself has none.
 */
const areColumns = ({ fit, width, records }: Splitting): boolean =>
  fit === 1 &&
  (width > 2 ||
    (width === 2 &&
      records.length > 1 &&
      (records[0].cells.length === 1 ? [1] : [0, 1]).some((at) => isColumnOfNumbers(records, at))))

/** The best splitting with quotes written in one way; undefined where lines are not divided. */
function bestWith(
  quotes: Quotes,
  separators: readonly string[],
  text: string,
  isWhole: boolean,
): Splitting | undefined {
  const all = separators
    .map((separator) => splitBy(separator, text, isWhole, quotes))
    .filter((splitting) => splitting !== undefined)
    .filter(({ width }) => width > 1)
  const best = Math.max(0, ...all.map(({ fit }) => fit))
  const fitting = all.filter(({ fit }) => fit === best)
  const [other] = fitting.filter(({ separator }) => separator !== ',').toSorted((a, b) => b.width - a.width)
  const comma = fitting.find(({ separator }) => separator === ',')
  const chosen = other && (!comma || commasAreInside(other)) ? other : (comma ?? other)
  if (chosen && chosen.fit >= 0.5) return chosen
  const blanks = splitBy(BLANKS, text, isWhole, quotes)
  return blanks && areColumns(blanks) ? blanks : chosen
}

const isIncreasing = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => at === 0 || number > numbers[at - 1])

/** Whether a row split by commas is one number with a comma inside. */
const isOneNumber = (cells: readonly string[]): boolean =>
  cells.length === 1 ||
  (cells.length === 2 &&
    /\d$/.test(cells[0]) &&
    /^\d/.test(cells[1]) &&
    cellShape(cells.join(',')) === 'number')

/**
 * Whether a text is one column of numbers with decimal commas below a name: split by commas, its rows would have a cell
 * more than the line of names. So have tables with the names of rows, but those are numbered upwards.
 */
function isCommaColumn(text: string, isWhole: boolean): boolean {
  const records = splitBy(',', text, isWhole)?.records ?? []
  const [first, ...rows] = records.map(({ cells }) => cells)
  return (
    rows.length > 2 &&
    first.length === 1 &&
    cellShape(first[0]) === 'text' &&
    rows.some(({ length }) => length === 2) &&
    rows.every(isOneNumber) &&
    !(rows.every(({ length }) => length === 2) && isIncreasing(rows.map(([name]) => Number(name))))
  )
}

/** A cell that begins with a single quote. */
const BEFORE_SINGLE = /(?:^|[\t;|,\r\n]) ?'/

/** Whether all cells of a column, some of them filled, stand between single quotes. */
function isWrapped(records: readonly CsvRecord[], at: number): boolean {
  const filled = records.slice(1).flatMap(({ cells }) => (cells[at].trim() === '' ? [] : [cells[at].trim()]))
  return filled.length > 0 && filled.every((cell) => /^'.*'$/s.test(cell))
}

/** Whether single quotes stand around cells: only so all lines have as many, or they do in all of a column. */
function hasSingleQuotes(single: Splitting, plain: Splitting | undefined): boolean {
  const isEven = ({ records, width }: Splitting) => records.every(({ cells }) => cells.length === width)
  if (!isEven(single)) return false
  if (!plain || !isEven(plain)) return true
  return plain.records[0].cells.some((_, at) => isWrapped(plain.records, at))
}

/**
 * Splits by the separator by which all lines fall into as many cells, or most of them; undefined where lines are not
 * divided. A comma stands back where the other's cells hold commas as numbers and phrases do. Where quotes do not go with
 * any, they may stand after backslashes, or between tabs for themselves.
 */
export function bestSplitting(
  text: string,
  isWhole: boolean,
  also: readonly string[] = [],
): Splitting | undefined {
  if (isCommaColumn(text, isWhole)) return splitBy(';', text, isWhole)
  const separators = [...new Set([...also.filter((one) => one !== BLANKS), ...SEPARATORS])]
  const best = bestWith('doubled', separators, text, isWhole)
  const single = BEFORE_SINGLE.test(text) ? bestWith('single', separators, text, isWhole) : undefined
  if (single && hasSingleQuotes(single, best)) return single
  const isOdd = best === undefined && [',', '\t'].every((one) => splitBy(one, text, isWhole) === undefined)
  if (!isOdd) return best
  return bestWith('escaped', separators, text, isWhole) ?? bestWith('literal', ['\t'], text, isWhole)
}
