import { fail } from '../../base/errors.ts'
import { openTableBytes } from './open-table-bytes.ts'
import { parseJsonCells } from './readers/parse-json.ts'
import { type CellRows, tableOf, tableOfCells } from './rows.ts'
import type { TableStream } from './stream.ts'

/**
 * A table as it is at hand: rows as objects, as lists of values with the names of their columns, a text of CSV or JSON,
 * the bytes of a file, or a table that is open. A text of one line that is no JSON is the place of a file instead.
 *
 * @inline
 */
export type TableRows = readonly object[] | CellRows | string | Uint8Array | TableStream

/** What a table in memory is called. */
const NAME = 'rows'

/** Whether a text is a table itself, and not where one is found. */
const isTableText = (text: string): boolean => /[\r\n]|^\s*[[{]/.test(text)

/** Of a text that is a JSON list, what it lists; anything else as it is. */
export function unpackedJson(given: TableRows): TableRows {
  if (typeof given !== 'string' || !/^\s*\[/.test(given)) return given
  try {
    const { value: listed } = parseJsonCells(given)
    return Array.isArray(listed) ? listed : given
  } catch {
    // What is no JSON may be a CSV; its reader says what is wrong.
    return given
  }
}

/**
 * Rows in memory as a table; of what is called by a text of one line, what `open` finds there.
 *
 * Errors: `table/rows`, `table/empty`, and those of `openTableBytes` and of `open`.
 */
export async function tableAt(
  rows: TableRows,
  open: (place: string) => Promise<TableStream>,
): Promise<TableStream> {
  const given = unpackedJson(rows)
  if (typeof given === 'string') return isTableText(given) ? textTable(given) : open(given)
  if (given instanceof Uint8Array) return openTableBytes(NAME, given)
  if (Array.isArray(given)) return tableOf(given, NAME)
  if (isObject(given) && 'chunks' in given) return given
  if (isObject(given) && 'columns' in given && 'rows' in given) return tableOfCells(given, NAME)
  return fail({
    code: 'table/rows',
    seen: `${given}`.slice(0, 40),
    wanted: 'rows as objects, { columns, rows }, or the text or bytes of a table',
    fix: 'give for example [{ age: 31, city: "Oslo" }, …]',
    usage: true,
  })
}

const isObject = (given: unknown): given is object => typeof given === 'object' && given !== null

const textTable = (text: string): TableStream => openTableBytes(NAME, new TextEncoder().encode(text))
