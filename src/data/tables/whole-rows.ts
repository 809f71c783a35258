import type { Cell, TableChunk, WholeColumn, WholeRows } from './cell.ts'
import { columnNames } from './column-names.ts'
import { storedJson } from './stored-json.ts'
import type { StoredType } from './stored-type.ts'
import { fittedCell } from './type-tally.ts'

/** Rows that are to be written: cells, or values as their source stores them. */
export interface LaidOutRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
  /** What the columns are stored as where they came from. */
  readonly types?: readonly (StoredType | undefined)[]
  /** Columns whose values can only be written as JSON. */
  readonly asJson?: readonly string[]
  /** Parquet: what is kept beside the table. */
  readonly metadata?: WholeRows['metadata']
}

/** Rows in the columns of a chunk, of which some cells may have been filled, and what they were in their source. */
export interface FilledRows {
  readonly chunk: TableChunk
  readonly cells: readonly (readonly Cell[])[]
  readonly types: readonly (StoredType | undefined)[]
}

/** How rows are laid out. */
export interface Layout {
  /** Whether structures and lists stand in one column. */
  readonly isNested: boolean
  /** Whether columns have types, and nothing is nothing: an empty text of a CSV is none. */
  readonly isTyped: boolean
}

/** A column of what is written, and what it holds in a row. */
interface OutColumn {
  readonly name: string
  readonly type?: StoredType
  /** Whether it is written as JSON. */
  readonly isJson?: boolean
  at(row: number): unknown
}

/** Whether values of a type are written as JSON where each column holds single ones. */
const isNested = ({ kind }: StoredType): boolean => ['list', 'struct', 'map'].includes(kind)

/** A copy of a structure with a value in the field that a path leads to. */
function withField(outer: unknown, [name, ...path]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  const fields = (outer ?? {}) as Readonly<Record<string, unknown>>
  return { ...fields, [name]: withField(fields[name], path, value) }
}

/** The cells of a column of the chunk, those that were filled as its type has them. */
function cellColumn({ chunk, cells, types }: FilledRows, column: number, { isTyped }: Layout): OutColumn {
  const type = types[column]
  const isText = isTyped && chunk.whole?.text !== undefined
  return {
    name: chunk.columns[column],
    ...(type && { type }),
    at(row) {
      const cell = cells[row][column]
      if (cell !== chunk.rows[row][column]) return fittedCell(cell, type)
      return isText && cell === '' ? null : cell
    },
  }
}

/** A column that is no cells, or not only: what was filled of it stands in its place. */
function storedColumn(
  filled: FilledRows,
  { name, type, parts, values = [] }: WholeColumn,
  layout: Layout,
): OutColumn {
  const { chunk, cells } = filled
  const read = parts.map(({ column, path }) => ({ column, path, ...cellColumn(filled, column, layout) }))
  return {
    name,
    ...(type && { type, isJson: type.kind === 'json' || (!layout.isNested && isNested(type)) }),
    at(row) {
      let value = values[row]
      for (const { column, path, at } of read)
        if (cells[row][column] !== chunk.rows[row][column]) value = withField(value, path, at(row))
      return value
    },
  }
}

/** Columns as the source has them, those of structures one by one where these lie flat. */
function columnsOf(filled: FilledRows, whole: WholeRows, layout: Layout): OutColumn[] {
  return whole.columns.flatMap((column): OutColumn[] => {
    const { name, parts, values } = column
    const own = parts.map((part) => cellColumn(filled, part.column, layout))
    if (values && (layout.isNested || parts.length === 0 || parts[0].path.length === 0))
      return [storedColumn(filled, column, layout)]
    return parts.length === 1 && parts[0].path.length === 0 ? [{ ...own[0], name }] : own
  })
}

/**
 * Rows as their source has them, with what was filled: columns that are not read stand where they stood, and structures
 * are whole where they may be. Names are those of the source where they tell columns apart, or are only a line of texts.
 */
export function laidOut(filled: FilledRows, layout: Layout): LaidOutRows {
  const { chunk } = filled
  const columns = chunk.whole
    ? columnsOf(filled, chunk.whole, layout)
    : chunk.columns.map((_, column) => cellColumn(filled, column, layout))
  const given = columns.map(({ name }) => name)
  const isKept = !layout.isTyped || (new Set(given).size === given.length && chunk.types !== undefined)
  const names = isKept ? given : columnNames(given)
  return {
    columns: names,
    types: columns.map(({ type }) => type),
    rows: filled.cells.map((_, row) => columns.map(({ at }) => at(row))),
    asJson: names.filter((_, at) => columns[at].isJson),
  }
}

/** The same type where nothing has to be there. */
function optional(type: StoredType): StoredType {
  const { isRequired, ...own } = type
  if (own.kind !== 'struct') return own
  return { ...own, fields: own.fields.map(({ name, type }) => ({ name, type: optional(type) })) }
}

const textOf = (cell: Cell): Cell => (cell === null ? null : String(cell))

/** An object of JSON with nothing in the fields of these dotted names. */
function emptyRecord(names: readonly string[]): string {
  const empty = names.reduce<unknown>((fields, name) => withField(fields, name.split('.'), null), {})
  return storedJson(empty)
}

/**
 * Rows that were made, laid out as those of a table are of which `like` is the beginning: columns that were not made are
 * empty, and those that a schema does not have are left out.
 */
export function madeLike(
  like: TableChunk,
  made: { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] },
  types: readonly (StoredType | undefined)[],
): FilledRows {
  const columns = like.columns.filter((name) => made.columns.includes(name))
  const places = columns.map((name) => made.columns.indexOf(name))
  const nothing = columns.map(() => null)
  const rows = made.rows.map(() => nothing)
  const { records, columns: whole = [], ...manner } = like.whole ?? {}
  const own = whole.flatMap(({ values, type, ...column }): WholeColumn[] => {
    const parts = column.parts.flatMap(({ column, path }) => {
      const place = columns.indexOf(like.columns[column])
      return place < 0 ? [] : [{ column: place, path }]
    })
    if (parts.length === 0 && !made.columns.includes(column.name)) return []
    return [{ ...column, parts, ...(type && { type: optional(type) }), ...(values && { values: [] }) }]
  })
  // JSON may have numbers between quotes.
  const areTexts = columns.map((name) => {
    const at = like.columns.indexOf(name)
    return records !== undefined && typeof like.rows.find((row) => row[at] !== null)?.[at] === 'string'
  })
  const record = records && emptyRecord(own.map(({ name }) => name))
  return {
    chunk: {
      columns,
      first: 0,
      rows,
      ...(like.types && { types: columns.map((name) => like.types?.[like.columns.indexOf(name)]) }),
      whole: { ...manner, columns: own, ...(record && { records: rows.map(() => record) }) },
    },
    cells: made.rows.map((row) =>
      places.map((place, at) => (areTexts[at] ? textOf(row[place]) : row[place])),
    ),
    types: places.map((place) => types[place] && optional(types[place])),
  }
}
