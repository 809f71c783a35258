import type { Cell } from './cell.ts'
import { withFields } from './json-record.ts'
import { numberOf } from './number-text.ts'
import { storedJson } from './stored-json.ts'
import type { FilledRows } from './whole-rows.ts'

/** A cell that was made, as those that are known are: between quotes where they are, and a number where they are. */
function likeKnown(cell: Cell, known: Cell | undefined): Cell {
  if (typeof known === 'string' && cell !== null) return String(cell)
  const value = typeof known === 'number' ? numberOf(String(cell)) : Number.NaN
  return Number.isNaN(value) ? cell : value
}

/** Rows of JSON as they were written, with what was filled; undefined where they came from elsewhere. */
export function filledRecords({ chunk, cells }: FilledRows): string[] | undefined {
  const { rows, columns, whole } = chunk
  const known = columns.map((_, column) => rows.find((row) => row[column] !== null)?.[column])
  return whole?.records?.map((record, row) => {
    const changes = new Map<string, string>()
    for (const [column, name] of columns.entries()) {
      const cell = cells[row][column]
      if (cell !== rows[row][column]) changes.set(name, storedJson(likeKnown(cell, known[column])))
    }
    return withFields(record, changes)
  })
}
