import type { Cell } from '../../../inside.node.ts'

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A line of CSV; what is missing is empty. */
export const cellLine = (cells: readonly Cell[]): string =>
  cells.map((cell) => (cell === null ? '' : quoted(String(cell)))).join(',')
