import type { Cell } from '../../../../inside.ts'

/** The cells of a row that was typed: nothing between commas is missing, what is a number is one. */
export const typedCells = (text: string): Cell[] =>
  text.split(',').map((part) => {
    const trimmed = part.trim()
    if (trimmed === '') return null
    const number = Number(trimmed)
    return Number.isFinite(number) ? number : trimmed
  })
