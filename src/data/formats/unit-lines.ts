/** Lines between the names of columns and the rows: units, types, a second line of names. */
import { cellShape } from './cell-shape.ts'

type Cells = readonly string[]

/** Rows that must stand below to tell. */
const ROWS = 3
/** Columns of which so many cells are numbers or dates are columns of those. */
const MOST_CELLS = 0.9
/** Such columns that must have a word in the line, and the share of them. */
const COLUMNS = 2
const SHARE = 0.8

const isFilled = (cell: string): boolean => cell.trim() !== ''
const isTyped = (cell: string): boolean => ['number', 'date'].includes(cellShape(cell))

/** The cells of a column that say something. */
const columnOf = (rows: readonly Cells[], at: number): string[] =>
  rows.map((row) => row[at] ?? '').filter((cell) => cellShape(cell) !== 'nothing')

/** Columns of numbers or dates, by place. */
function typedColumns(rows: readonly Cells[], width: number): number[] {
  return Array.from({ length: width }, (_, at) => at).filter((at) => {
    const cells = columnOf(rows, at)
    return cells.length > 0 && cells.filter(isTyped).length >= MOST_CELLS * cells.length
  })
}

/**
 * Whether a line is of another kind than the rows below it: nearly every column of numbers or dates that it fills has a
 * word in it, which no row has.
 */
export function isOfOtherKind(line: Cells, rows: readonly Cells[], least = COLUMNS): boolean {
  if (rows.length < ROWS) return false
  const typed = typedColumns(rows, line.length).filter((at) => isFilled(line[at]))
  const words = typed.filter((at) => cellShape(line[at]) === 'text' && !columnOf(rows, at).includes(line[at]))
  return words.length >= least && words.length >= SHARE * typed.length
}

/** Whether a line is one of dashes, as Markdown and clients of databases draw them below names. */
export const isRuler = (line: Cells): boolean => {
  const filled = line.filter(isFilled)
  return filled.length > 0 && filled.every((cell) => /^\s*[:+]?-{2,}[-+:]*\s*$/.test(cell))
}

/** How many of the first rows below the names are none: a line of dashes, or of units or types, and one of roles below it. */
export function unitLines(rows: readonly Cells[]): number {
  if (rows.length > 1 && isRuler(rows[0])) return 1
  if (!isOfOtherKind(rows[0], rows.slice(1))) return 0
  const [, second, ...rest] = rows
  const isOfRoles = !second.some(isTyped) && (!second.some(isFilled) || isOfOtherKind(second, rest, 1))
  return isOfRoles ? 2 : 1
}

const LONGEST = 40

/** What was passed over, for people. */
export function unitNote(line: number, cells: Cells): string {
  const text = cells.filter(isFilled).join(', ')
  return `line ${line} "${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}" looks like units, types or more names, not like a row, and is passed over`
}
