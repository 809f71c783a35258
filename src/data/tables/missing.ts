import type { Cell } from './cell.ts'
import { foldedKey, type Level } from './levels.ts'
import { numberOf } from './number-text.ts'

/** Words that mean missing, in any case. */
export const MISSING_WORDS: ReadonlySet<string> = new Set([
  ...['', 'na', 'n/a', '#n/a', '<na>', 'nan', '-nan', 'nat', 'null', '(null)', '[null]', 'none', '?', '.'],
  ...['\\n', '--', '---', '#div/0!', '#ref!', '#value!', '#name?', '#num!', '#null!', '#error!'],
])
const LONGEST = 8

/** Words that mean missing where all else is a number or a date, but may be levels among levels. */
const AMONG_NUMBERS = new Set([
  ...[
    '-',
    '\u2013',
    '\u2014',
    'n.a.',
    'n.a',
    'n.d.',
    'k.a.',
    ':',
    '..',
    '...',
    '\u2026',
    'inf',
    '+inf',
    '-inf',
    'infinity',
    '+infinity',
    '-infinity',
  ],
  ...['\u221e', '-\u221e', '+\u221e'],
])
const LONGEST_AMONG_NUMBERS = 9
/** No day, as MySQL and mainframes write it. */
const NO_DAY = /^\s*(?:0000([-/.]?)00\1(?:00)|00([-/.])00\2(?:00)?00)(?:[ T]00:00(?::00(?:\.0+)?)?)?\s*$/

/** Whether a text says that nothing is known: empty, NA, N/A, NaN, null, none, ?, \N, #DIV/0! and the like, in any case. */
export function isMissingText(text: string): boolean {
  const word = text.trim()
  return word.length <= LONGEST && MISSING_WORDS.has(word.toLowerCase())
}

/** Whether a code is that of a digit or, between digits, of a point. */
const isDigit = (code: number): boolean => code === 46 || (code >= 48 && code <= 57)

/** Whether nothing is known in a cell: null, NaN, an infinity, or a text that says so. */
export function isMissing(cell: Cell): boolean {
  if (typeof cell === 'string') {
    const first = cell.charCodeAt(0)
    // Most cells are numbers, and no such word begins with a digit, nor with a minus and a digit.
    if ((first >= 48 && first <= 57) || (first === 45 && isDigit(cell.charCodeAt(1)))) return false
    return isMissingText(cell)
  }
  return cell === null || (typeof cell === 'number' && !Number.isFinite(cell))
}

/** Whether a text means missing in a column of numbers or dates: a dash, an infinity, or the day 0000-00-00. */
export function isMissingAmongNumbers(text: string): boolean {
  const first = text.charCodeAt(0)
  if (first === 48 && text.charCodeAt(1) === 48) return text.length >= 8 && NO_DAY.test(text)
  if ((first >= 48 && first <= 57) || (first === 45 && isDigit(text.charCodeAt(1)))) return false
  const word = text.trim()
  return word.length <= LONGEST_AMONG_NUMBERS && AMONG_NUMBERS.has(word.toLowerCase())
}

/** What counts as missing in a column, besides what does everywhere. */
export interface MissingRule {
  /** Values that stand for missing here, such as −999. */
  readonly absent?: readonly Level[]
  /** Levels of the column: words among them that mean missing elsewhere do not here. */
  readonly levels?: readonly Level[]
  /** Whether the column is one of numbers or dates. */
  readonly isNumeric?: boolean
}

/** Finds values however they are written. */
function oneOf(values: readonly Level[]): (cell: Cell) => boolean {
  const keys = new Set(values.map(foldedKey))
  const numbers = new Set(values.map((value) => numberOf(value)).filter((value) => !Number.isNaN(value)))
  return (cell) => {
    if (keys.has(foldedKey(cell))) return true
    const value = numberOf(typeof cell === 'string' ? cell.replace(',', '.') : cell)
    return numbers.has(value)
  }
}

/** Whether nothing is known in a cell of a column. */
export function missingTest({
  absent = [],
  levels = [],
  isNumeric = false,
}: MissingRule): (cell: Cell) => boolean {
  const words = levels.filter((level) => typeof level === 'string' && isMissing(level))
  const isWord = oneOf(words)
  const isAbsent = oneOf(absent)
  const isGap = (cell: Cell) =>
    isMissing(cell) || (isNumeric && typeof cell === 'string' && isMissingAmongNumbers(cell))
  if (words.length === 0 && absent.length === 0) return isNumeric ? isGap : isMissing
  return (cell) =>
    isGap(cell) ? typeof cell !== 'string' || !isWord(cell) : absent.length > 0 && isAbsent(cell)
}
