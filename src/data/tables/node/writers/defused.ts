/** First characters by which spreadsheets know a formula, and blanks that they pass over before one. */
const FORMULA = /^[\t\r\n ]*[=+\-@＝＋－＠]/

/** Signs begin numbers, too, which are no formulas (-5, +1.234,50, -3e-4, -12 %, -5 €), and stand alone for gaps (-, --). */
const NUMBER = /^\s*(?:[+-]+|[+-]?(?:\d[\d.,'\s]*|[.,]\d+\s*)(?:e[+-]?\d+\s*)?[%\p{Sc}]?)$/iu

/** A cell that a spreadsheet shows instead of computing it: texts that it would take for formulas begin with an apostrophe. */
export const defused = (cell: unknown): unknown =>
  typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
