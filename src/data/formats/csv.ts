import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { formatShape } from '../../base/shape.ts'
import { type Labels, namedLabels } from '../labels.ts'
import { isMissingText } from '../tables/missing.ts'
import { numberOf } from '../tables/number-text.ts'
import { shortFloat } from '../tables/short-float.ts'
import { type CsvRow, CsvRows } from './csv-rows.ts'
import type { DialectOptions } from './dialect.ts'
import { csvLine } from './records.ts'

export interface CsvOptions extends DialectOptions {
  /** The column of class numbers; without it the one named exactly `label`, if there is one. */
  readonly label?: string
  /** Number of classes, to check the labels against. */
  readonly classes?: number
}

/** A numeric table: its columns without the label, its rows as float32 [rows, columns]. */
export interface CsvTable extends Partial<Labels> {
  readonly columns: readonly string[]
  readonly rows: NDArray<Float32Array>
}

/** Only the likelihood of columns has a part for each kind of column, and for gaps. */
const AS_TABLE = 'train without --likelihood, which reads texts and gaps, too'

/** A text in V8 has no more characters. */
const MOST_BYTES = 2 ** 29 - 24

function badCell(cell: string, place: string): never {
  if (isMissingText(cell))
    return fail({
      code: 'csv/missing',
      seen: `${cell.trim() === '' ? 'an empty cell' : `"${cell.trim()}"`} at ${place}`,
      wanted: 'a number: here every cell is one',
      fix: `${AS_TABLE}; or fill the cell in, or leave the row or the column out`,
    })
  return fail({
    code: 'csv/text',
    seen: `the text "${cell.trim().slice(0, 40)}" at ${place}`,
    wanted: 'a number',
    fix: `${AS_TABLE}; or leave the column out, or write its classes as numbers`,
  })
}

function labelColumn(columns: readonly string[], label: string | undefined): number {
  const index = columns.indexOf(label ?? 'label')
  if (index < 0 && label !== undefined)
    fail({
      code: 'csv/label-column',
      seen: `no column "${label}"`,
      wanted: `one of ${columns.slice(0, 20).join(', ')}${columns.length > 20 ? ', …' : ''}`,
      fix: 'name the column of class numbers',
      usage: true,
    })
  return index
}

/** The records as one block of float64, row after row; every cell checked. */
function numbersOf(records: readonly CsvRow[], columns: readonly string[]): Float64Array {
  const values = new Float64Array(records.length * columns.length)
  let at = 0
  for (const [row, record] of records.entries()) {
    for (const [column, cell] of record.cells.entries()) {
      const value = numberOf(cell)
      if (Number.isNaN(value))
        badCell(cell, `row ${row + 1} (line ${record.line}), column "${columns[column]}"`)
      values[at++] = value
    }
  }
  return values
}

const refuseSize = (bytes: number): never =>
  fail({
    code: 'csv/too-large',
    seen: `a CSV text of ${bytes} bytes`,
    wanted: `at most ${MOST_BYTES}`,
    fix: 'save the numbers as .npy, of which any size is read row by row',
  })

/**
 * Reads a numeric CSV text with or without a line of column names; nameless columns are called 0, 1, 2, …
 *
 * Errors: `csv/too-large`, `csv/empty`, `csv/ragged`, `csv/text`, `csv/missing`, `csv/quotes`, `csv/label-column`,
 * `data/label-range`. Each names row (counted from 1, without the header), line and column.
 */
export function readCsv(bytes: Uint8Array, { label, classes, ...dialect }: CsvOptions = {}): CsvTable {
  if (bytes.length > MOST_BYTES) refuseSize(bytes.length)
  const table = new CsvRows({ ...dialect, longest: Number.POSITIVE_INFINITY })
  const text = new TextDecoder().decode(bytes)
  const records = [...table.push(text), ...table.end()]
  const columns = table.columns ?? []
  if (records.length === 0)
    fail({
      code: 'csv/empty',
      seen: 'a CSV file without a row of numbers',
      wanted: 'one row an example',
      fix: 'check that this is the right file',
    })
  const labelled = labelColumn(columns, label)
  const values = numbersOf(records, columns)
  if (labelled < 0)
    return { columns, rows: { data: Float32Array.from(values), shape: [records.length, columns.length] } }
  const labels = namedLabels(
    values.filter((_, at) => at % columns.length === labelled),
    { classes, where: (row) => `row ${row + 1} (line ${records[row].line}), column "${columns[labelled]}"` },
  )
  return {
    columns: columns.filter((_, column) => column !== labelled),
    rows: {
      data: Float32Array.from(values.filter((_, at) => at % columns.length !== labelled)),
      shape: [records.length, columns.length - 1],
    },
    ...labels,
  }
}

/** The fewest digits that read back as the same float32. */
export const shortest = (value: number): string => `${shortFloat(value)}`

/** Writes rows [rows, columns] as CSV text; every number reads back as itself. */
export function writeCsv(columns: readonly string[], { data, shape }: NDArray): string {
  if (shape.length !== 2 || shape[1] !== columns.length)
    fail({
      code: 'csv/columns',
      seen: `${columns.length} column names for rows ${formatShape(shape)}`,
      wanted: 'two axes, the second as long as the names',
      fix: 'flatten each example to one row and name each number',
    })
  const text = data instanceof Float32Array ? shortest : String
  const lines = [csvLine(columns)]
  for (let at = 0; at < data.length; at += columns.length)
    lines.push(Array.from(data.subarray(at, at + columns.length), text).join(','))
  return `${lines.join('\n')}\n`
}
