/** What is said of a text table whose lines have not all as many cells. */
import { fail } from '../../base/errors.ts'
import type { CsvRecord } from './records.ts'
import { SEPARATORS } from './separators.ts'

const UNQUOTED = 'put quotes around cells that have the separator in them, or name another with --separator'

/** What helps where the first line has fewer cells than the others. */
export const moreNames = (common: number): string =>
  `give the first line ${common} cells, a name for each column, or ${UNQUOTED}`

/** What is known of a table that a row does not fit. */
interface Misfit {
  /** The row, and its place among the rows, from 0. */
  readonly record: CsvRecord
  readonly row: number
  readonly first: CsvRecord
  /** Cells that the first line says a row has, and those that most lines have. */
  readonly width: number
  readonly common: number
  readonly separator: string
}

const cellsOf = (count: number): string => `${count} ${count === 1 ? 'cell' : 'cells'}`

/** Error: `csv/ragged`, of the line that is the odd one: the first, or this row. */
export function refuseRagged({ record, row, first, width, common, separator }: Misfit): never {
  const count = record.cells.length
  if (common === count)
    return fail({
      code: 'csv/ragged',
      seen: `${cellsOf(first.cells.length)} in the first line (line ${first.line}), and ${common} in most of those below it`,
      wanted: 'as many in each line',
      fix: fixOfFirst(first, common, separator),
    })
  return fail({
    code: 'csv/ragged',
    seen: `${cellsOf(count)} in row ${row + 1} (line ${record.line})`,
    wanted: `${width}, as in the first line`,
    fix: UNQUOTED,
  })
}

/** A first line that is one cell may have the names in quotes, or another separator between them. */
function fixOfFirst({ cells }: CsvRecord, common: number, separator: string): string {
  const [only] = cells
  const own = cells.length === 1 ? SEPARATORS.find((one) => only.split(one).length === common) : undefined
  if (own === separator) return 'take the quotes around the whole of the first line away'
  if (own !== undefined)
    return `write ${JSON.stringify(separator)} between the names of the first line, too, where ${JSON.stringify(own)} stands`
  return moreNames(common)
}
