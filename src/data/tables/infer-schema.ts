import { fail } from '../../base/errors.ts'
import { type Bearer, broughtBy, carried, type Part } from '../../base/parts.ts'
import { philox, streamOf } from '../../base/random.ts'
import { filledChunks } from './blank-rows.ts'
import type { TableChunk, UnreadColumn } from './cell.ts'
import { checkRowWidths, columnList, rowName } from './chunk-checks.ts'
import { cellsOfColumn, rowCount } from './chunk-columns.ts'
import { columnNames, namelessColumn } from './column-names.ts'
import { type Alternative, judgeColumn, toldOf } from './judge-column.ts'
import type { KindChoice } from './kind-choice.ts'
import type { Level } from './levels.ts'
import { type ColumnSchema, columnKinds, columnOf, kindsWith, type TableSchema } from './schema.ts'
import { type ColumnTally, columnTally } from './tally/column-tally.ts'
import type { ColumnSummary, KnownColumn } from './tally/summary.ts'

/** What is known of the columns before they are looked at. */
export interface InferOptions {
  /** Columns that are left out, such as labels. */
  readonly exclude?: readonly string[]
  /** Kinds of columns by name, where it is known better. */
  readonly kinds?: Readonly<Record<string, KindChoice>>
  /** Values that stand for missing, by column; those of the column `*` in all of them. */
  readonly missing?: Readonly<Record<string, readonly Level[]>>
  /** Kinds of columns of your own, made by `defineColumnKind`. */
  readonly parts?: readonly Part[]
}

/** The same where what was brought is carried already. */
export type InferRequest = InferOptions & Bearer

/** What names of kinds lead to besides the house's. Errors: `parts/…`. */
export const broughtTo = ({ parts = [], ...options }: InferRequest): Bearer =>
  parts.length > 0 ? broughtBy(parts) : carried(options)

/** The name under which values that stand for missing everywhere are given. */
const EVERYWHERE = '*'

/** Rows in the sample, fewer where there are many columns. */
const SAMPLED_ROWS = 20_000
const LEAST_SAMPLED_ROWS = 2000
const SAMPLED_CELLS = 4_000_000

const sampleRoom = (columns: number): number =>
  Math.max(LEAST_SAMPLED_ROWS, Math.min(SAMPLED_ROWS, Math.floor(SAMPLED_CELLS / columns)))

/** Places in a uniform sample of rows by their number: −1 for those that are not in it. Vitter 1985, algorithm R. */
function rowSampler(room: number): (row: number) => number {
  const draw = { seed: 0, stream: streamOf('table-schema'), step: 0 }
  const block = new Uint32Array(4)
  return (row) => {
    if (row < room) return row
    philox({ ...draw, step: Math.floor(row / 2 ** 32) }, row, block)
    const slot = Math.floor((block[0] / 2 ** 32) * (row + 1))
    return slot < room ? slot : -1
  }
}

function checkChoices(
  { columns: read, unread = [] }: TableChunk,
  { exclude = [], kinds = {}, missing = {} }: InferOptions,
): void {
  const columns = [...columnNames(read), ...unread.map(({ name }) => name)]
  const named = [
    ...exclude,
    ...Object.keys(kinds),
    ...Object.keys(missing).filter((name) => name !== EVERYWHERE),
  ]
  const unknown = named.filter((name) => !columns.includes(name))
  if (unknown.length > 0)
    fail({
      code: 'table/columns',
      seen: `no ${unknown.length === 1 ? 'column' : 'columns'} ${columnList(unknown)}`,
      wanted: `names among ${columnList(columns)}`,
      fix: 'name columns as the table does',
      usage: true,
    })
  const left = Object.keys(kinds).filter((name) => exclude.includes(name))
  if (left.length > 0)
    fail({
      code: 'table/kind-left-out',
      seen: `a kind for ${columnList(left)}, which ${left.length === 1 ? 'is' : 'are'} left out`,
      wanted: 'kinds of columns that stay, which labels do not',
      fix: 'say no kind for it, or do not leave it out',
      usage: true,
    })
}

/** What is counted of a column while it is read takes some 5 kB. */
const MOST_COLUMNS = 65_536

function checkWidth(columns: readonly string[]): void {
  if (columns.length > MOST_COLUMNS)
    fail({
      code: 'table/too-wide',
      seen: `a table of ${columns.length} columns`,
      wanted: `at most ${MOST_COLUMNS}`,
      fix: 'leave columns out before, or save numbers alone as an array, with numpy.save',
    })
}

const noRows = (): never =>
  fail({
    code: 'table/empty',
    seen: 'a table without rows',
    wanted: 'at least one row',
    fix: 'check that this is the right table',
  })

function checkSameColumns(columns: readonly string[], { columns: these, first }: TableChunk): void {
  if (
    these !== columns &&
    (these.length !== columns.length || these.some((name, at) => name !== columns[at]))
  )
    fail({
      code: 'table/columns',
      seen: `columns ${columnList(these)} from row ${first + 1} on`,
      wanted: `${columnList(columns)}, as before`,
      fix: 'give rows of one table',
    })
}

function addChunk(
  chunk: TableChunk,
  tallies: readonly ColumnTally[],
  sampled: (row: number) => number,
  before: number,
) {
  checkRowWidths(chunk)
  const slots = Array.from({ length: rowCount(chunk) }, (_, row) => sampled(before + row))
  let row = 0
  const place = () => rowName(chunk, row)
  for (const [column, tally] of tallies.entries()) {
    const cells = cellsOfColumn(chunk, column)
    for (row = 0; row < cells.length; row++) tally.add(cells[row], slots[row], place)
  }
}

const pointIn = (choice: KindChoice | undefined): Pick<KnownColumn, 'point'> => {
  const { decimals } = toldOf(choice)
  return decimals === undefined ? {} : { point: decimals === 'comma' ? ',' : '.' }
}

/** What is known of each column before its cells come. */
const knownColumns = (
  columns: readonly string[],
  types: TableChunk['types'],
  { kinds = {}, missing = {}, ...options }: InferRequest,
): KnownColumn[] => {
  const brought = kindsWith(broughtTo(options)).filter((kind) => !columnKinds.includes(kind))
  const everywhere = missing[EVERYWHERE] ?? []
  return columns.map((name, place) => {
    const choice = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    const kind = typeof choice === 'object' ? choice.kind : choice
    const own = Object.hasOwn(missing, name) ? missing[name] : []
    return {
      ...{ name, place, isNamed: name !== namelessColumn(place), absent: [...own, ...everywhere] },
      levels: toldOf(choice).levels,
      ...pointIn(choice),
      ...(types?.[place]?.kind === 'duration' && { areSeconds: true as const }),
      ...(kind === 'real' || kind === 'count' || brought.some(({ name }) => name === kind)
        ? { told: 'numbers' }
        : {}),
      ...(kind === 'categorical' ? { told: 'levels' } : {}),
      ...(brought.length > 0 && { keepsCells: true }),
    }
  })
}

/** Error: `table/kind` for a kind of a column that cannot be read. */
function checkUnread(unread: readonly UnreadColumn[], { kinds = {} }: InferOptions): void {
  const told = unread.find(({ name }) => kinds[name] !== undefined)
  if (told)
    fail({
      code: 'table/kind',
      seen: `a kind for column "${told.name}", though ${told.reason}`,
      wanted: 'kinds of columns with one value in each cell',
      fix: 'say no kind for it: it is left out',
      usage: true,
    })
}

/** A table's columns: those that were read, counted in one pass, and those that were not. */
interface Counted {
  readonly columns: readonly ColumnSummary[]
  readonly unread: readonly UnreadColumn[]
  readonly notes: readonly string[]
}

async function counted(chunks: AsyncIterable<TableChunk>, options: InferRequest): Promise<Counted> {
  let columns: readonly string[] | undefined
  let tallies: readonly ColumnTally[] = []
  let sampled: (row: number) => number = () => -1
  let rows = 0
  let unread: readonly UnreadColumn[] = []
  const notes: string[] = []
  for await (const chunk of filledChunks(chunks, (note) => notes.push(note))) {
    if (columns === undefined) {
      checkWidth(chunk.columns)
      columns = columnNames(chunk.columns)
      unread = chunk.unread ?? []
      checkChoices(chunk, options)
      checkUnread(unread, options)
      const room = sampleRoom(columns.length)
      sampled = rowSampler(room)
      tallies = knownColumns(columns, chunk.types, options).map((known) => columnTally(known, room))
    }
    checkSameColumns(columns, chunk)
    addChunk(chunk, tallies, sampled, rows)
    rows += rowCount(chunk)
    notes.push(...(chunk.notes ?? []))
  }
  if (rows === 0) return noRows()
  const hasCommas = tallies.some((tally) => tally.leansToComma())
  return { columns: tallies.map((tally) => tally.summary(hasCommas)), unread, notes }
}

const unreadColumn = ({ name, reason }: UnreadColumn): ColumnSchema =>
  columnOf({ name, kind: 'nested', missing: 0, reason })

/**
 * The kinds of a table's columns, each with the reason, from one pass over its rows in bounded memory.
 *
 * Counts, ranges and means are of all rows; shapes are judged by a sample of 20,000. Errors: `table/empty`,
 * `table/too-wide`, `table/columns`, `table/ragged`, `table/kind-left-out`, `parts/…`, and `table/kind` where a column cannot be what was said of it.
 */
export const inferSchema = async (
  chunks: AsyncIterable<TableChunk>,
  options: InferOptions = {},
): Promise<TableSchema> => (await inspectTable(chunks, options)).schema

/** What a table's columns are found to be. */
export interface InspectedTable {
  readonly schema: TableSchema
  readonly rows: number
  /** By column: what else it could be. */
  readonly alternatives: ReadonlyMap<string, readonly Alternative[]>
}

/** The same as `inferSchema`, with what else each column could be. */
export async function inspectTable(
  chunks: AsyncIterable<TableChunk>,
  options: InferRequest = {},
): Promise<InspectedTable> {
  const excluded = new Set(options.exclude)
  const { columns, unread, notes } = await counted(chunks, options)
  const bearer = broughtTo(options)
  const choices = new Map(Object.entries(options.kinds ?? {}))
  const judged = columns
    .filter(({ name }) => !excluded.has(name))
    .map((summary) => judgeColumn(summary, choices.get(summary.name), columns, bearer))
  const left = unread.filter(({ name }) => !excluded.has(name))
  return {
    rows: columns[0]?.rows ?? 0,
    schema: {
      columns: [...judged.map(({ column }) => column), ...left.map(unreadColumn)],
      ...(notes.length > 0 && { notes: [...notes] }),
    },
    alternatives: new Map(judged.map(({ column, alternatives }) => [column.name, alternatives])),
  }
}
