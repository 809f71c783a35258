import type { Cell } from './cell.ts'

const WORDS = new Set(['', 'na', 'n/a', '#n/a', '<na>', 'nan', 'null', 'none', '?', '.'])
const LONGEST = 4

/** Whether a text says that nothing is known: empty, NA, N/A, NaN, null, none, ? and the like, in any case. */
export function isMissingText(text: string): boolean {
  const word = text.trim()
  return word.length <= LONGEST && WORDS.has(word.toLowerCase())
}

/** Whether nothing is known in a cell: null, NaN, or a text that says so. */
export function isMissing(cell: Cell): boolean {
  if (typeof cell === 'string') {
    const first = cell.charCodeAt(0)
    // Most cells are numbers, and no such word begins with a digit or a minus.
    return first !== 45 && !(first >= 48 && first <= 57) && isMissingText(cell)
  }
  return cell === null || Number.isNaN(cell)
}
