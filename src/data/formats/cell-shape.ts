import { isMissingText } from '../tables/missing.ts'

/** What a cell of a text table looks like, whatever it means. */
export type CellShape = 'number' | 'date' | 'text' | 'nothing'

/** A number in any country's writing, with a currency before it or a short unit after it. */
const NUMBER = /^[^\w\s.,+-]{0,3}\s?[-+(]?\s?[^\w\s.,]?\d[\d.,'\s\u2019]*(?:e[-+]?\d+)?\s?[^\d\s]{0,3}$/i
/** A point before the first digit. */
const FRACTION = /^[-+]?\.\d+(?:e[-+]?\d+)?$/i
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T\s]\d|$)|^\d{1,2}:\d{2}(?::\d{2})?/

/** Tells numbers and dates from words. */
export function cellShape(cell: string): CellShape {
  const text = cell.trim()
  if (isMissingText(text)) return 'nothing'
  if (DATE.test(text)) return 'date'
  return NUMBER.test(text) || FRACTION.test(text) ? 'number' : 'text'
}

/** The letters or the % after a number: 2nd, 5k, 50%, 3 kg; empty where none are, and for what is no number. */
export const numberMark = (cell: string): string =>
  /\d[\s.,]*([\p{L}%\u2030]{1,3})$/u.exec(cell.trim())?.[1].toLowerCase() ?? ''
