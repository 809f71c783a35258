/** How a text table is written: where it begins, what separates its cells, and whether a line names its columns. */
import { fail } from '../../base/errors.ts'
import { type FirstLine, firstLine, isKnown } from './header.ts'
import type { Quotes } from './quoted-record.ts'
import { moreNames } from './ragged.ts'
import { type CsvRecord, linesIn } from './records.ts'
import { bestSplitting, type Splitting, separatorNamed, splitBy } from './separators.ts'
import { unitLines } from './unit-lines.ts'

/** @inline */
export interface DialectOptions {
  /** A character, or a word for it (tab, blanks, …); without it the one by which all lines have as many cells. */
  readonly separator?: string
  /** Whether the first line names the columns; without it that is told by what stands below it. */
  readonly header?: boolean
  /** How its characters are encoded, as browsers call it (windows-1251, shift_jis); without it UTF-8 or UTF-16, else windows-1252. */
  readonly encoding?: string
  /** Names that a model knows its columns by: a first line that has them all is their line. */
  readonly known?: readonly string[]
  /** How the table was written that the model learned from: looked for, too, where this one does not say otherwise. */
  readonly usual?: Pick<DialectOptions, 'separator' | 'header' | 'encoding'>
}

export interface CsvDialect {
  readonly separator: string
  readonly quotes: Quotes
  /** Characters before the table: a byte-order mark, comments, titles. */
  readonly from: number
  /** The line on which it begins, from 1. */
  readonly line: number
  /** Whether its first record is the line of names. */
  readonly isNamed: boolean
  /** Whether its columns disagree on that. */
  readonly isDoubtful?: boolean
  /** A line right above the names that is one of names, too, and is passed over. */
  readonly above?: CsvRecord
  /** Lines below the names that are no rows. */
  readonly units?: number
  /** Whether rows have a cell more than the line of names: the first is their own name. */
  readonly namesRows?: boolean
  /** Names that a comment above the table gives. */
  readonly names?: readonly string[]
  /** Cells of a row; undefined where the first record tells. */
  readonly width?: number
  /** Cells that most of the lines have that were looked at. */
  readonly common?: number
  /** Whether each row ends with a separator, after which nothing comes. */
  readonly endsOpen: boolean
}

/** Characters that are looked at, and lines of them. */
export const LOOKED_AT = 2 ** 18
const LINES = 1000
/** Lines above a table that may be its title. */
const TITLES = 20

const lineEndAt = (text: string, from: number): number => {
  const found = text.slice(from).search(/\r\n|\r|\n/)
  if (found < 0) return text.length
  const end = from + found
  return end + (text.startsWith('\r\n', end) ? 2 : 1)
}

/** What stands before the table. */
interface Front {
  readonly from: number
  readonly separator?: string
  /** The comment right above the table, without its mark. */
  readonly comment?: string
}

/** A mark, a line `sep=;` as Excel takes it, comments and blank lines. */
function frontOf(text: string): Front {
  let from = text.startsWith('\ufeff') ? 1 : 0
  const told = /^"?sep=([^\r\n"]|\\t)"?\s*?(?:\r\n|\r|\n)/i.exec(text.slice(from))
  if (told) from += told[0].length
  const begin = from
  let comment: string | undefined
  while (from < text.length) {
    const end = lineEndAt(text, from)
    const line = text.slice(from, end).trim()
    if (line !== '' && !/^#[\s#!]|^#$/.test(line)) break
    if (line !== '') comment = line.replace(/^#+\s*/, '')
    from = end
  }
  const separator = told ? { separator: separatorNamed(told[1]) ?? told[1] } : {}
  return from < text.length ? { from, comment, ...separator } : { from: begin, ...separator }
}

const isFilled = (cell: string): boolean => cell.trim() !== ''

type Cells = readonly string[]

/** Whether a first line is one of names: as is said, as a model knows them, as its own table had it, as rows tell. */
function firstLineOf(
  first: Cells,
  rows: readonly Cells[],
  { header, known, usual }: DialectOptions,
): FirstLine {
  const isSaid = header ?? (isKnown(first, rows, known ?? []) || usual?.header)
  return isSaid === undefined ? firstLine(first, rows) : { isNamed: isSaid, isDoubtful: false }
}

/** How many records above the table are its title: a few with fewer cells, or with one that is filled. */
function titlesOf(
  { records, width }: { readonly records: readonly { readonly cells: Cells }[]; readonly width: number },
  options: DialectOptions,
): number {
  const isTitle = ({ cells }: { readonly cells: Cells }) =>
    cells.length < width || (width > 2 && cells.filter(isFilled).length < 2)
  const begin = records.findIndex((record) => !isTitle(record))
  if (begin < 1 || begin > TITLES) return 0
  const [first, ...rows] = records.slice(begin).map(({ cells }) => cells)
  if (begin === 1 && width >= 4 && records[0].cells.length <= width / 2) return 1
  // Without a line of names below it, a short line is one of names itself, or a row that lacks cells.
  return rows.length > 0 &&
    rows.every(({ length }) => length === width) &&
    beginOf([first, ...rows], options).isNamed
    ? begin
    : 0
}

/** The names in a comment above a table whose first line is a row, such as NumPy's and Gnuplot's. */
function commentNames(
  comment: string | undefined,
  separator: string,
  width: number,
): readonly string[] | undefined {
  if (comment === undefined) return undefined
  const cells = splitBy(separator, comment, true)?.records[0]?.cells
  return cells?.length === width && width > 1 ? cells.map((cell) => cell.trim()) : undefined
}

/** Whether rows end with a separator; the first line may, too. */
function endOpen(records: readonly CsvRecord[], width: number): boolean {
  const [first, ...rows] = records.map(({ cells }) => cells)
  const isOpen = (cells: Cells) => cells.length === width && !isFilled(cells[width - 1])
  return width > 1 && rows.length > 0 && rows.every(isOpen) && (first.length === width - 1 || isOpen(first))
}

function withoutLast(records: readonly CsvRecord[], width: number): string[][] {
  return records.map(({ cells }) => cells.slice(0, width - 1))
}

function splittingOf(
  text: string,
  isWhole: boolean,
  front: Front,
  options: DialectOptions,
): Splitting | undefined {
  const said = options.separator ?? front.separator
  if (said !== undefined) return splitBy(separatorNamed(said) ?? said, text, isWhole)
  const { separator: usual } = options.usual ?? {}
  return bestSplitting(text, isWhole, usual === undefined ? [] : [separatorNamed(usual) ?? usual])
}

/** What is looked at: whole lines, as many as are needed. */
function sampleOf(
  text: string,
  from: number,
  isWhole: boolean,
): { readonly text: string; readonly isWhole: boolean } {
  const looked = text.slice(from, from + LOOKED_AT)
  let end = 0
  for (let line = 0; line < LINES && end < looked.length; line++) end = lineEndAt(looked, end)
  return { text: looked.slice(0, end), isWhole: isWhole && from + end === text.length }
}

/** The dialect of a text table by its beginning; `isWhole` where that is all of it. */
export function dialectOf(opening: string, isWhole: boolean, options: DialectOptions = {}): CsvDialect {
  const front = frontOf(opening)
  const sample = sampleOf(opening, front.from, isWhole)
  const splitting = splittingOf(sample.text, sample.isWhole, front, options)
  const line = 1 + linesIn(opening.slice(0, front.from))
  if (!splitting || splitting.records.length === 0) {
    const separator = options.separator ?? front.separator ?? ','
    const isNamed = options.header ?? true
    return {
      separator: separatorNamed(separator) ?? separator,
      quotes: 'doubled',
      from: front.from,
      line,
      isNamed,
      endsOpen: false,
    }
  }
  const { begin, ...rest } = tabled(splitting, front, line, options)
  return { ...rest, from: front.from + placeOfLine(sample.text, begin), line: line + begin }
}

/** Whether the first line lacks the name of the first column, which has the rows' own names, as R writes tables. */
const isShort = (first: Cells, rows: readonly Cells[], width: number): boolean =>
  first.length === width - 1 && rows.every(({ length }) => length === width)

/** Where the table begins in rows of cells, and whether the first of them names its columns. */
export function tableIn(
  rows: readonly Cells[],
  width: number,
  options: DialectOptions,
): TableBegin & { readonly begin: number } {
  const records = rows.slice(0, LINES).map((cells) => ({ cells }))
  const begin = titlesOf({ records, width }, options)
  const found = beginOf(
    records.slice(begin).map(({ cells }) => cells),
    options,
  )
  return { ...found, begin: begin + found.above }
}

/** What the first lines of a table are. */
interface TableBegin extends FirstLine {
  /** Lines above the names that are none: those of a second line of names over the first. */
  readonly above: number
  /** Lines below the names that are no rows, such as units. */
  readonly units: number
}

/** Names over names: the lower line is of another kind than the rows, and the upper is not. */
function beginOf([first = [], ...rows]: readonly Cells[], options: DialectOptions): TableBegin {
  const found = firstLineOf(first, rows, options)
  const units = options.header === false ? 0 : unitLines(rows)
  if (found.isNamed || units === 0) return { ...found, above: 0, units: found.isNamed ? units : 0 }
  return { isNamed: true, isDoubtful: false, above: 1, units: units - 1 }
}

/** What is said where rows have a cell more than the line of names, for people. */
export const ROW_NAMES =
  'rows have one cell more than the line of names: the first is taken for names of rows, as R writes them; where a comma in a cell made two of it, put quotes around such cells, or name the separator with --separator'

/** Error: `csv/ragged` where the first cells of rows that have one too many are no names of theirs. */
function checkRowNames(rows: readonly Cells[], line: number): void {
  const names = rows.map(([name]) => name.trim())
  const again = names.findIndex((name, at) => name === '' || names.indexOf(name) < at)
  if (again < 0) return
  fail({
    code: 'csv/ragged',
    seen: `${rows[0].length} cells in each row from line ${line} on, and ${rows[0].length - 1} in the line of names; the first of a row is no name of it (${JSON.stringify(names[again])} ${names[again] === '' ? 'is none' : 'comes twice'})`,
    wanted: 'as many cells in each row as names above them',
    fix: moreNames(rows[0].length),
  })
}

/** `line` is that on which the splitting begins, and `begin` how many of its lines stand above the table. */
function tabled(
  splitting: Splitting,
  front: Front,
  line: number,
  options: DialectOptions,
): Omit<CsvDialect, 'from' | 'line'> & { readonly begin: number } {
  const { separator, quotes, width } = splitting
  const titles = titlesOf(splitting, options)
  const records = splitting.records.slice(titles)
  const endsOpen = endOpen(records, width)
  const [first, ...rows] = endsOpen ? withoutLast(records, width) : records.map(({ cells }) => cells)
  const lacksName = !endsOpen && isShort(first, rows, width)
  const found = beginOf([lacksName ? ['', ...first] : first, ...rows], options)
  const { isNamed, isDoubtful, above, units } = found
  const namesRows = lacksName && isNamed
  if (namesRows) checkRowNames(rows, line - 1 + records[1].line)
  const names =
    isNamed || options.header === false || titles > 0
      ? undefined
      : commentNames(front.comment, separator, first.length)
  return {
    separator,
    quotes,
    begin: records[above].line - 1,
    isNamed,
    isDoubtful,
    common: endsOpen ? width - 1 : width,
    ...(above > 0 && { above: { ...records[0], line: line - 1 + records[0].line } }),
    units,
    ...(names ? { names } : {}),
    ...(namesRows || endsOpen ? { width } : {}),
    ...(namesRows && { namesRows }),
    endsOpen,
  }
}

function placeOfLine(text: string, line: number): number {
  let at = 0
  for (let passed = 0; passed < line; passed++) at = lineEndAt(text, at)
  return at
}
