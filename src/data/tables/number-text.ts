import type { Cell } from './cell.ts'

const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/

/** Beyond this the square of a number would leave what sums of squares can hold. */
export const LARGEST = 1e150

/** Whether a text is a decimal number; blanks, hexadecimal numbers and infinities are none. */
export const isNumberText = (text: string): boolean => NUMBER.test(text)

function textValue(text: string): number {
  const first = text.charCodeAt(0)
  // From "+" to "9". What begins so, `Number` reads as the pattern does but for 0x, 0b, 0o, at a fraction of the cost.
  if (!(first >= 43 && first <= 57)) return isNumberText(text) ? Number(text) : Number.NaN
  const second = text.charCodeAt(1)
  return first === 48 && second > 57 && !isNumberText(text) ? Number.NaN : Number(text)
}

/** The number that a cell holds or its text stands for; NaN where it is none, or larger than 1e150. */
export function numberOf(cell: Cell): number {
  const value = typeof cell === 'string' ? textValue(cell) : typeof cell === 'number' ? cell : Number.NaN
  return Math.abs(value) <= LARGEST ? value : Number.NaN
}
