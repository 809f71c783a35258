import type { Cell } from './cell.ts'

const quoted = (text: string, special: RegExp): string =>
  special.test(text) ? `"${text.replaceAll('"', '""')}"` : text

const SPECIAL: Readonly<Record<',' | '\t', RegExp>> = { ',': /[",\r\n]/, '\t': /["\t\r\n]/ }

/** A line of CSV, without its end; what is missing is empty. */
export const cellLine = (cells: readonly Cell[], separator: ',' | '\t' = ','): string =>
  cells.map((cell) => (cell === null ? '' : quoted(String(cell), SPECIAL[separator]))).join(separator)
