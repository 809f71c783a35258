import { storedJson } from './stored-json.ts'
import type { StoredType } from './stored-type.ts'

/** Characters that a cell has only in quotes, besides the separator. */
const SPECIAL = /["\r\n]/

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
  const isBlank = separator.trim() === '' && separator !== '\t'
  const written = cells.map((cell, at) => {
    const text = cell === null || cell === undefined ? '' : textOf(cell, types[at])
    // Of a million numbers none is looked through for line ends.
    if (typeof cell === 'number' && !text.includes(separator)) return text
    const isQuoted =
      text === ''
        ? isBlank || cells.length === 1
        : SPECIAL.test(text) || text.includes(separator) || (isBlank && /\s/.test(text))
    return isQuoted ? `"${text.replaceAll('"', '""')}"` : text
  })
  return written.join(separator)
}
