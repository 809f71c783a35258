import { fail } from '../../base/errors.ts'
import type { TableChunk } from './cell.ts'

/** The place of a row of a chunk as people find it: its number from 1, and its line where the file has lines. */
export function rowName({ first, lines }: TableChunk, row: number): string {
  const line = lines?.[row]
  return line === undefined ? `row ${first + row + 1}` : `row ${first + row + 1} (line ${line})`
}

/** Names of columns in quotes, the first twenty of them. */
export const columnList = (names: readonly string[]): string =>
  `${names
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ')}${names.length > 20 ? ', …' : ''}`

/** Fails where a row has not one cell a column (`table/ragged`). */
export function checkRowWidths(chunk: TableChunk): void {
  if (chunk.byColumn) return
  const { columns, rows } = chunk
  for (let row = 0; row < rows.length; row++)
    if (rows[row].length !== columns.length)
      fail({
        code: 'table/ragged',
        seen: `${rows[row].length} ${rows[row].length === 1 ? 'cell' : 'cells'} in ${rowName(chunk, row)}`,
        wanted: `${columns.length}, one a column`,
        fix: 'give every row a cell for each column',
      })
}
