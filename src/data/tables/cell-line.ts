import { csvCell } from './csv-cell.ts'
import { storedJson } from './stored-json.ts'
import type { StoredType } from './stored-type.ts'

/** A value that is no cell, such as a list, as JSON; a text is itself. */
function textOf(value: unknown, type: StoredType | undefined): string {
  if (typeof value !== 'object' && typeof value !== 'bigint') return String(value)
  const json = storedJson(value, type)
  return json.startsWith('"') ? (JSON.parse(json) as string) : json
}

/**
 * A line of CSV, without its end; what is missing is empty, and between quotes where blanks stand between cells, as is the
 * only cell of a line, which else would be no row.
 */
export function cellLine(
  cells: readonly unknown[],
  separator = ',',
  types: readonly (StoredType | undefined)[] = [],
): string {
  const written = cells.map((cell, at) => {
    const text = cell === null || cell === undefined ? '' : textOf(cell, types[at])
    // Of a million numbers none is looked through for line ends.
    if (typeof cell === 'number' && !text.includes(separator)) return text
    return csvCell(text, separator, cells.length === 1)
  })
  return written.join(separator)
}
