import { fail } from '../../base/errors.ts'
import type { Cell, TableChunk, UnreadColumn } from './cell.ts'
import { checkRowWidths, columnList, rowName } from './chunk-checks.ts'
import { cellsOfColumn, rowCount } from './chunk-columns.ts'
import { columnNames } from './column-names.ts'
import type { Read, ReadOptions, Trouble, Write } from './kinds/kind.ts'
import { type TableLayout, tableLayout } from './layout.ts'
import { levelList } from './levels.ts'
import { missingIn } from './missing-in.ts'
import { type ColumnSchema, kindOf, type TableSchema } from './schema.ts'
import { vagueDuration } from './vague-durations.ts'

/** What is done with cells that a schema does not know. */
export interface EncodeOptions {
  /**
   * What becomes of a cell that the schema cannot read: a level that it does not know and no merged level takes in, or
   * what is nothing of its column's kind. By default it counts as missing.
   */
  readonly unseen?: 'error' | 'missing'
}

/** A cell that counts as missing because its schema cannot read it. @inline */
export interface UnreadCell {
  /** Number of its row in its table, from 0. */
  readonly row: number
  readonly column: string
  readonly cell: Cell
}

/** The same, as the house asks for it. */
export interface EncodeRequest extends EncodeOptions {
  /** What becomes of a level that the schema does not know, where that is not what becomes of odd cells. */
  readonly unseenLevel?: 'error' | 'missing'
  /** Is told of each cell that counts as missing because it cannot be read. */
  readonly onUnread?: (unread: UnreadCell) => void
}

/** A modelled column: its schema, its first value slot and its mask slot. */
interface ColumnSlots {
  readonly column: ColumnSchema
  readonly at: number
  readonly mask: number
}

function placesOf(schema: TableSchema, layout: TableLayout): ColumnSlots[] {
  const columns = new Map(schema.columns.map((column) => [column.name, column]))
  return layout.columns.map(({ name, slots, mask }) => ({ column: columns.get(name)!, at: slots[0], mask }))
}

const shownCell = (cell: Cell): string => {
  const text = String(cell)
  return typeof cell === 'string' ? `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"` : text
}

/** Where a cell stands that a writer complains of. */
interface CellPlace {
  readonly name: string
  row(): string
  unread(cell: Cell): void
}

const LET_BE = "--unseen missing, { unseen: 'missing' }"

/** How writers complain of a cell. */
function troubleOf(place: CellPlace, { unseen = 'missing', unseenLevel = unseen }: EncodeRequest): Trouble {
  const letBe = (cell: Cell): false => {
    place.unread(cell)
    return false
  }
  const seen = (cell: Cell) => `${shownCell(cell)} in ${place.row()}, column "${place.name}"`
  return {
    refuse: (cell, wanted) =>
      unseen === 'missing'
        ? letBe(cell)
        : fail({
            code: 'table/cell',
            seen: seen(cell),
            wanted,
            fix: `mend the cell, leave it empty where nothing is known, or let what cannot be read count as missing (${LET_BE})`,
          }),
    unseen: (cell, levels) =>
      unseenLevel === 'missing'
        ? letBe(cell)
        : fail({
            code: 'table/unseen-level',
            seen: seen(cell),
            wanted: `one of the values known from training: ${levelList(levels)}`,
            fix: `mend the cell, train with rows that have this value, or let unseen values count as missing (${LET_BE})`,
          }),
  }
}

const refuseUnread = ({ name, reason }: UnreadColumn): never =>
  fail({
    code: 'table/nested',
    seen: `column "${name}", which is not read: ${reason}`,
    wanted: 'single values, as in the table that the model was trained on',
    fix: 'write what is inside into columns of its own, or give one value a row; it may be empty',
  })

/** Errors: `table/columns`, and `table/nested` where a column is there and cannot be read. */
function indicesOf({ columns: names, unread = [] }: TableChunk, wanted: readonly string[]): number[] {
  const columns = columnNames(names)
  const absent = wanted.filter((name) => !columns.includes(name))
  const skipped = unread.find(({ name }) => absent.includes(name))
  if (skipped) refuseUnread(skipped)
  if (absent.length > 0)
    fail({
      code: 'table/columns',
      seen: `no ${absent.length === 1 ? 'column' : 'columns'} ${columnList(absent)} among ${columnList(columns)}`,
      wanted: 'the columns that the model was trained on',
      fix: 'add what is missing (cells may be empty), and name columns as for training',
    })
  return wanted.map((name) => columns.indexOf(name))
}

/**
 * Turns rows of cells into float32 rows [rows, width] of the schema's layout, columns by name, others ignored.
 *
 * A missing cell leaves its slots and its mask 0, and so does one that cannot be read, unless `unseen` is `error`. Errors
 * name row, line and column: `table/cell`, `table/unseen-level`, `table/columns`, `table/nested`, `table/ragged`; `table/nothing` where no column is modelled.
 *
 * @example
 * ```ts
 * import { inferSchema, rowDecoder, rowEncoder, tableOf } from 'betavae/tables'
 *
 * const rows = Array.from({ length: 40 }, (_, i) => ({ heat: i / 2, valve: i % 3 ? 'open' : 'shut' }))
 * const table = tableOf(rows, 'valves')
 * const schema = await inferSchema(table.chunks())
 * const [encode, decode] = [rowEncoder(schema), rowDecoder(schema)]
 * for await (const chunk of table.chunks()) console.log(decode(encode(chunk))[0])
 * ```
 */
export const rowEncoder = (
  schema: TableSchema,
  options: EncodeOptions = {},
): ((chunk: TableChunk) => Float32Array) => watchedEncoder(schema, options)

/** The same, which tells of each cell that it cannot read. */
export function watchedEncoder(
  schema: TableSchema,
  request: EncodeRequest,
): (chunk: TableChunk) => Float32Array {
  const layout = tableLayout(schema)
  let current: { readonly chunk: TableChunk; row: number }
  const writers = placesOf(schema, layout).map(({ column, at, mask }) => {
    const { name } = column
    const place: CellPlace = {
      name,
      row: () => rowName(current.chunk, current.row),
      unread: (cell) => request.onUnread?.({ row: current.chunk.first + current.row, column: name, cell }),
    }
    const trouble = troubleOf(place, request)
    const write: Write = kindOf(column).encoding!.write(column, trouble)
    return { at, mask, write, isMissing: missingIn(column), trouble, isVague: vagueDuration(column) }
  })
  const names = layout.columns.map(({ name }) => name)
  let columns: readonly string[] | undefined
  let indices: number[] = []
  return (chunk) => {
    if (chunk.columns !== columns) indices = indicesOf(chunk, names)
    columns = chunk.columns
    checkRowWidths(chunk)
    const out = new Float32Array(rowCount(chunk) * layout.width)
    current = { chunk, row: 0 }
    for (const [place, { at, mask, write, isMissing, trouble, isVague }] of writers.entries()) {
      const cells = cellsOfColumn(chunk, indices[place])
      const isTyped = chunk.types?.[indices[place]]?.kind === 'duration'
      for (let row = 0; row < cells.length; row++) {
        const cell = cells[row]
        if (isMissing(cell)) continue
        current.row = row
        const from = row * layout.width
        if (!isTyped && isVague?.(cell)) trouble.refuse(cell, 'a duration as the column writes it')
        else if (write(cell, out, from + at)) out[from + mask] = 1
      }
    }
    return out
  }
}

/** The number that a cell of a column stands for, NaN where it stands for none; undefined where the column has levels. */
export function valueReader(column: ColumnSchema): ((cell: Cell) => number) | undefined {
  return kindOf(column).encoding?.value?.(column)
}

/** The cell of a column, by its place among the modelled ones, of the encoded row that begins at `from`; null where its mask is below ½. */
export type CellReader = (values: Float32Array | Float64Array, from: number, column: number) => Cell

/** Reads single cells of encoded rows; see `rowDecoder`. */
export function cellReader(schema: TableSchema, options: ReadOptions = {}): CellReader {
  const readers = placesOf(schema, tableLayout(schema)).map(({ column, at, mask }) => ({
    at,
    mask,
    read: kindOf(column).encoding!.read(column, options) as Read,
  }))
  return (values, from, column) => {
    const { at, mask, read } = readers[column]
    return values[from + mask] < 0.5 ? null : read(values, from + at)
  }
}

/**
 * Turns float32 or float64 rows [n, width] of the schema's layout into cells, n rows of the modelled columns in their
 * order; a mask below ½ gives null. Numbers are rounded to the decimals seen, and held in the range seen with `clip`.
 */
export function rowDecoder(
  schema: TableSchema,
  options: ReadOptions = {},
): (values: Float32Array | Float64Array) => Cell[][] {
  const { width, columns } = tableLayout(schema)
  const read = cellReader(schema, options)
  return (values) =>
    Array.from({ length: values.length / width }, (_, row) =>
      columns.map((_, column) => read(values, row * width, column)),
    )
}

/** Writes numbers as cells of a column, rounded and formed as its own. */
export function cellWriter(column: ColumnSchema): (value: number) => Cell {
  const { encoding } = kindOf(column)
  if (!encoding) return (value) => value
  const place = { name: column.name, row: () => 'a row that is made', unread: () => undefined }
  const trouble = troubleOf(place, {})
  const write: Write = encoding.write(column, trouble)
  const read = encoding.read(column, {})
  const isWhole = column.kind === 'count'
  const slots = new Float64Array(encoding.slots(column))
  return (value) => {
    // Times are numbers here, which a column of dates may write in any way.
    if (column.kind === 'datetime') slots[0] = (value - column.center) / column.scale
    else write(isWhole ? Math.max(0, Math.round(value)) : value, slots, 0)
    return read(slots, 0)
  }
}
