import { fail } from '../../base/errors.ts'
import type { TableChunk } from './cell.ts'
import { cellOf } from './cell-of.ts'
import type { TableStream } from './stream.ts'

/** Rows of a chunk, where nobody says. */
export const CHUNK_ROWS = 4096

type Row = Readonly<Record<string, unknown>>

function columnsOf(rows: readonly Row[]): readonly string[] {
  const columns = new Set<string>()
  for (const [index, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      fail({
        code: 'table/rows',
        seen: `${Array.isArray(row) ? 'an array' : `${row}`.slice(0, 40)} for row ${index + 1}`,
        wanted: 'an object from column names to values for each row',
        fix: 'give each row as { column: value }',
        usage: true,
      })
    for (const column of Object.keys(row)) columns.add(column)
  }
  if (columns.size === 0)
    fail({
      code: 'table/empty',
      seen: `${rows.length} rows without a value`,
      wanted: 'at least one row with one column',
      fix: 'check where the rows come from',
      usage: true,
    })
  return [...columns]
}

/**
 * Rows from memory as a table: its columns are all keys in the order they come up in; what a row lacks is missing.
 *
 * Errors: `table/rows`, `table/empty`, `table/nested`; the last when the chunk is read.
 */
export function tableOf(rows: readonly Row[], name: string): TableStream {
  const columns = columnsOf(rows)
  async function* chunks(): AsyncGenerator<TableChunk> {
    for (let first = 0; first < rows.length; first += CHUNK_ROWS)
      yield {
        columns,
        first,
        rows: rows
          .slice(first, first + CHUNK_ROWS)
          .map((row, index) =>
            columns.map((column) =>
              cellOf(
                Object.hasOwn(row, column) ? row[column] : null,
                () => `row ${first + index + 1}, column "${column}"`,
              ),
            ),
          ),
      }
  }
  return { name, format: 'rows', chunks, canRestart: true }
}
