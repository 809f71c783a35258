import type { Cell } from './cell.ts'
import { withFields } from './json-record.ts'
import { storedJson } from './stored-json.ts'
import type { FilledRows } from './whole-rows.ts'

/** Whether the first cell that is known is a text: then what is filled is one, too. */
const areTexts = (cells: readonly Cell[]): boolean => typeof cells.find((cell) => cell !== null) === 'string'

/** Rows of JSON as they were written, with what was filled; undefined where they came from elsewhere. */
export function filledRecords({ chunk, cells }: FilledRows): string[] | undefined {
  const known = chunk.rows
  const texts = chunk.columns.map((_, column) => areTexts(known.map((row) => row[column])))
  return chunk.whole?.records?.map((record, row) => {
    const changes = new Map<string, string>()
    for (const [column, name] of chunk.columns.entries()) {
      const cell = cells[row][column]
      if (cell !== known[row][column]) changes.set(name, storedJson(texts[column] ? String(cell) : cell))
    }
    return withFields(record, changes)
  })
}
