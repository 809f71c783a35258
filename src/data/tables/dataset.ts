import { crc32, formatCrc32 } from '../../base/crc32.ts'
import { fail } from '../../base/errors.ts'
import type { Bearer } from '../../base/parts.ts'
import type { Dataset, HeldDataset } from '../dataset.ts'
import { inFile } from '../in-file.ts'
import { type Labels, namedLabels } from '../labels.ts'
import { filledChunks } from './blank-rows.ts'
import type { Cell, TableChunk } from './cell.ts'
import { columnList, rowName } from './chunk-checks.ts'
import { cellsOfColumn, rowCount } from './chunk-columns.ts'
import { type EncodeOptions, watchedEncoder } from './encode.ts'
import { broughtTo, type InferOptions, inferSchema } from './infer-schema.ts'
import { knownCollector } from './known-columns.ts'
import { tableLayout } from './layout.ts'
import { isMissing } from './missing.ts'
import { numberOf } from './number-text.ts'
import { heldRows, type OpenRowStore } from './row-store.ts'
import { type ColumnSchema, type TableSchema, withKinds } from './schema.ts'
import type { TableStream } from './stream.ts'
import { tableDefaults } from './training-defaults.ts'
import type { Ordering } from './windows/ordered.ts'

/** The column of classes, where nobody names one. */
export const LABEL = 'label'

/** How a table becomes a data set. */
export interface TableDatasetOptions extends InferOptions, EncodeOptions {
  /** What the columns are, as a model knows them; without it that is found out. */
  readonly schema?: TableSchema
  /** Columns that a model is given instead of modelling them, and what they are where that is known. */
  readonly condition?: readonly string[]
  readonly given?: TableSchema
  /** The column of classes, which is left out of the rows; default: the one named exactly `label`, if there is one. */
  readonly label?: string
}

/** The same with how its rows are ordered, where windows of them are to be the examples. */
export interface WindowedTableOptions extends TableDatasetOptions {
  readonly ordering?: Ordering
}

/** A data set whose rows are those of a table, encoded by its schema. */
export interface TableDataset extends HeldDataset<Float32Array> {
  readonly table: TableSchema
}

/**
 * The rows of a table as float32 [rows, width] in the layout of its schema, in memory.
 *
 * Errors: `data/label-column`, and those of `inferSchema` and of `rowEncoder`.
 *
 * @example
 * ```ts
 * import { train } from 'betavae'
 * import { tableDataset, tableOf } from 'betavae/tables'
 *
 * const rows = Array.from({ length: 100 }, (_, i) => ({ load: Math.sin(i), heat: 20 + 2 * Math.sin(i) }))
 * const dataset = await tableDataset(tableOf(rows, 'loads'))
 * const { trained } = await train({ training: { steps: 10 } }, { dataset })
 * console.log(trained.recipe.data.source)
 * ```
 */
export const tableDataset = async (
  stream: TableStream,
  options: TableDatasetOptions = {},
): Promise<TableDataset> => (await encodedRows(stream, heldRows, options)).rows

/** The same with its rows in a store, or windows of them. */
export async function encodedTable(
  stream: TableStream,
  open: OpenRowStore,
  options: WindowedTableOptions & Bearer = {},
): Promise<Dataset & Pick<TableDataset, 'table'>> {
  const { rows, inOrder } = await encodedRows(stream, open, options)
  return inOrder ? inOrder(rows) : rows
}

async function encodedRows<Own extends Dataset>(
  stream: TableStream,
  open: OpenRowStore<Own>,
  { ordering, ...options }: WindowedTableOptions & Bearer,
) {
  const { exclude = [], condition = [], ...asked } = options
  // Who leaves the usual column of classes out wants none.
  const isLeft = options.label === undefined && exclude.includes(LABEL)
  const label = isLeft ? undefined : await labelColumn(stream, options.label)
  const left = [...exclude, ...(label !== undefined && !exclude.includes(label) ? [label] : [])]
  const aside = ordering?.columns ?? []
  const { table, given } = await schemasOf(stream, asked, {
    ...{ condition, ordering },
    left: left.filter((name) => !aside.includes(name)),
  })
  const known = given && knownCollector(given, options)
  const layout = named(stream, () => tableLayout(table))
  // What odd cells are, the schema says; a level that somebody's own list of levels lacks is a mistake in the list.
  const encode = watchedEncoder(table, {
    ...options,
    ...(!options.schema && { unseenLevel: options.unseen ?? 'error' }),
  })
  const store = open(layout)
  const classes: Cell[] = []
  let rows = 0
  let crc = 0
  try {
    for await (const chunk of filledChunks(stream.chunks())) {
      const encoded = named(stream, () => encode(chunk))
      rows += rowCount(chunk)
      crc = crc32(new Uint8Array(encoded.buffer), crc)
      store.add(encoded)
      if (known) named(stream, () => known.add(chunk))
      if (ordering) named(stream, () => ordering.add(chunk))
      if (label !== undefined) collectClasses(chunk, label, classes)
    }
  } catch (error) {
    store.abandon()
    throw error
  }
  const labels = label === undefined ? undefined : named(stream, () => classNumbers(classes, label))
  const dataset = await store.dataset({
    name: stream.name,
    ...labels,
    ...(known && { known: known.known(), given }),
    defaults: tableDefaults(rows, layout.values),
  })
  return {
    rows: { ...dataset, table, digest: formatCrc32(crc) },
    inOrder: ordering?.windowed,
  }
}

/** Columns that are not modelled: what a model is given, what orders rows, and what is left out. */
interface ColumnRoles {
  readonly condition: readonly string[]
  readonly ordering: Ordering | undefined
  readonly left: readonly string[]
}

interface ColumnSchemas {
  readonly table: TableSchema
  readonly given: TableSchema | undefined
}

/** What the columns are that are modelled, that a model is given, and that order the rows. */
async function schemasOf(
  stream: TableStream,
  { schema, given, ...asked }: TableDatasetOptions & Bearer,
  { condition, ordering, left }: ColumnRoles,
): Promise<ColumnSchemas> {
  const bearer = broughtTo(asked)
  const isKnown = given !== undefined || condition.length === 0
  if (schema && isKnown && (!ordering || ordering.isKnown))
    return { table: withKinds(schema, bearer), given: given && withKinds(given, bearer) }
  const exclude = left.filter((name) => !condition.includes(name))
  const all = await inferSchema(stream.chunks(), { ...asked, exclude })
  ordering?.learn(all)
  const isGiven = ({ name }: ColumnSchema) =>
    condition.includes(name) || (ordering?.columns.includes(name) ?? false)
  const found = condition.flatMap((name) => all.columns.filter((column) => column.name === name))
  return {
    table: schema
      ? withKinds(schema, bearer)
      : { ...all, columns: all.columns.filter((column) => !isGiven(column)) },
    given: found.length > 0 ? { columns: [...new Set(found)] } : undefined,
  }
}

/** Runs `read`; its errors come out naming the stream's file. */
const named = <Result>({ file }: TableStream, read: () => Result): Result =>
  file === undefined ? read() : inFile(file, read)

/** The name of the column of classes, where the table has it. */
async function labelColumn(stream: TableStream, wanted: string | undefined): Promise<string | undefined> {
  const { columns } = await firstChunk(stream)
  const name = wanted ?? LABEL
  if (columns.includes(name)) return name
  if (wanted === undefined) return undefined
  return fail({
    code: 'data/label-column',
    seen: `no column "${wanted}"`,
    wanted: `one of ${columnList(columns)}`,
    fix: 'name the column of classes',
    usage: true,
  })
}

async function firstChunk(stream: TableStream): Promise<TableChunk> {
  for await (const chunk of stream.chunks()) return chunk
  return { columns: [], first: 0, rows: [] }
}

function collectClasses(chunk: TableChunk, label: string, classes: Cell[]): void {
  const at = chunk.columns.indexOf(label)
  cellsOfColumn(chunk, at).forEach((cell, index) => {
    if (isMissing(cell))
      fail({
        code: 'data/label-missing',
        seen: `no class in ${rowName(chunk, index)}, column "${label}"`,
        wanted: 'a class for each row',
        fix: 'fill it in, or leave the row out',
      })
    classes.push(cell)
  })
}

/** Whole numbers, each checked; names are numbered in their order. Error: `data/label-range`. */
function classNumbers(classes: readonly Cell[], label: string): Labels {
  const numbers = classes.map(numberOf)
  if (!numbers.some(Number.isNaN))
    return namedLabels(numbers, { where: (row) => `row ${row + 1}, column "${label}"` })
  const names = [...new Set(classes.map(String))].sort()
  const places = new Map(names.map((name, place) => [name, place]))
  return { labels: Int32Array.from(classes, (cell) => places.get(String(cell)) as number), classes: names }
}
