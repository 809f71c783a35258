import { fail } from '../../../base/errors.ts'
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import { checkRowWidths, columnList } from '../../../data/tables/chunk-checks.ts'
import { cellsOfColumn } from '../../../data/tables/chunk-columns.ts'
import { columnNames } from '../../../data/tables/column-names.ts'
import { type EncodeRequest, valueReader, watchedEncoder } from '../../../data/tables/encode.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import { foldedKey, type Level, levelFinder, levelKey, levelOf } from '../../../data/tables/levels.ts'
import { missingIn } from '../../../data/tables/missing-in.ts'
import { numberOf } from '../../../data/tables/number-text.ts'
import type { ColumnSchema, KindName, TableSchema } from '../../../data/tables/schema.ts'
import { pairFinder } from '../../../data/tables/truth.ts'
import type { DriftColumn } from './drift.ts'

const NUMBERS: readonly KindName[] = ['real', 'count', 'datetime']
/** A column that was constant may have begun to vary; names of rows differ anyway. */
const LEVELS: readonly KindName[] = ['binary', 'categorical', 'ordinal', 'constant']

/** One of two samples, column by column. */
export interface TableSide {
  /** Columns that are compared. */
  readonly names: readonly string[]
  /** Takes rows in. Errors: `table/columns` where one is not there, and those of `rowEncoder`. */
  take(chunk: TableChunk): void
  /** Numbers of a column as the schema encodes them, or as a kind of one's own reads them; NaN where missing: tests of ranks see them as they were. */
  numbers(name: string): Float64Array | undefined
  /** Levels of a column as texts, null where missing. */
  levels(name: string): readonly Cell[] | undefined
}

/** Begins a sample of rows of a schema. */
export function tableSide({ columns }: TableSchema, request: EncodeRequest = {}): TableSide {
  const numeric = columns.filter(({ kind }) => NUMBERS.includes(kind))
  const own = columns.flatMap((column) => {
    const value = column.kind === 'own' ? valueReader(column) : undefined
    return value ? [{ name: column.name, value, isMissing: missingIn(column), cells: [] as number[] }] : []
  })
  const isCompared = ({ name, kind }: ColumnSchema) =>
    [...NUMBERS, ...LEVELS].includes(kind) || own.some((column) => column.name === name)
  const names = columns.filter(isCompared).map(({ name }) => name)
  const numbers = numberColumns({ columns: numeric }, request)
  const levels = new Map(
    columns.filter(({ kind }) => LEVELS.includes(kind)).map((column) => [column.name, levelColumn(column)]),
  )
  return {
    names,
    take(chunk) {
      const present = columnNames(chunk.columns)
      checkPresent(names, present)
      checkRowWidths(chunk)
      numbers.take(chunk)
      for (const { name, value, isMissing, cells } of own) {
        const at = present.indexOf(name)
        for (const row of chunk.rows) cells.push(isMissing(row[at]) ? Number.NaN : value(row[at]))
      }
      for (const [name, column] of levels) {
        const at = present.indexOf(name)
        for (const cell of cellsOfColumn(chunk, at)) column.take(cell)
      }
    },
    numbers(name) {
      const known = own.find((column) => column.name === name)
      return known ? Float64Array.from(known.cells) : numbers.of(name)
    },
    levels: (name) => levels.get(name)?.cells,
  }
}

/** The columns of two samples of one schema, to be compared. */
export const driftColumns = (reference: TableSide, current: TableSide): DriftColumn[] =>
  reference.names.map((name): DriftColumn => {
    const [before, after] = [reference.numbers(name), current.numbers(name)]
    if (before && after) return { name, kind: 'number', reference: before, current: after }
    const levels = { reference: reference.levels(name) ?? [], current: current.levels(name) ?? [] }
    return { name, kind: 'level', ...levels }
  })

function numberColumns(schema: TableSchema, request: EncodeRequest) {
  const found = new Map<string, number[]>(schema.columns.map(({ name }) => [name, []]))
  if (found.size === 0) return { take: () => undefined, of: () => undefined }
  const layout = tableLayout(schema)
  const encode = watchedEncoder(schema, request)
  return {
    take(chunk: TableChunk) {
      const rows = encode(chunk)
      for (const { name, slots, mask } of layout.columns) {
        const numbers = found.get(name) as number[]
        for (let from = 0; from < rows.length; from += layout.width)
          numbers.push(rows[from + mask] === 1 ? rows[from + slots[0]] : Number.NaN)
      }
    },
    of(name: string) {
      const numbers = found.get(name)
      return numbers && Float64Array.from(numbers)
    },
  }
}

/** The levels that a column is known to have, and how a cell's place among them is found. */
function knownLevels(column: ColumnSchema): { levels: readonly Level[]; find: (cell: Cell) => number } {
  if (column.kind === 'binary') return { levels: column.levels, find: pairFinder(column.levels) }
  const levels =
    column.kind === 'categorical' || column.kind === 'ordinal'
      ? column.levels
      : column.kind === 'constant' && column.value !== null
        ? [column.value]
        : []
  return { levels, find: levelFinder(levels) }
}

/** Levels with one text each, so that a file's text is not held, and True and true, 1 and 1.0 are one. */
function levelColumn(column: ColumnSchema) {
  const { levels, find } = knownLevels(column)
  const isMissing = missingIn(column)
  const cells: (string | null)[] = []
  const known = new Map<string, string>()
  const textOf = (key: string): string => {
    const place = find(key)
    if (place >= 0) return String(levels[place])
    const value = numberOf(key)
    return String(Number.isNaN(value) ? levelOf(foldedKey(key)) : value)
  }
  return {
    cells,
    take(cell: Cell) {
      if (cell === null || isMissing(cell)) return cells.push(null)
      const key = levelKey(cell)
      const text = known.get(key) ?? textOf(key)
      // A slice of a text keeps the whole text alive, here a whole chunk of a file.
      if (!known.has(key)) known.set(String(levelOf(key)), text)
      return cells.push(text)
    },
  }
}

function checkPresent(names: readonly string[], present: readonly string[]): void {
  const absent = names.filter((name) => !present.includes(name))
  if (absent.length > 0)
    fail({
      code: 'table/columns',
      seen: `no ${absent.length === 1 ? 'column' : 'columns'} ${columnList(absent)} among ${columnList(present)}`,
      wanted: 'the columns that it is compared with',
      fix: 'name columns alike, or leave out what one of the two has not, with --exclude',
      usage: true,
    })
}
