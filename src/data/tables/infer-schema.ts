import { fail } from '../../base/errors.ts'
import { philox, streamOf } from '../../base/random.ts'
import type { TableChunk } from './cell.ts'
import { checkRowWidths, columnList, rowName } from './chunk-checks.ts'
import { columnNames } from './column-names.ts'
import type { KindChoice } from './kind-choice.ts'
import {
  type ColumnKind,
  type ColumnSchema,
  columnKinds,
  columnOf,
  kindOf,
  type TableSchema,
} from './schema.ts'
import { type ColumnSummary, type ColumnTally, columnTally } from './tally.ts'

/** What is known of the columns before they are looked at. */
export interface InferOptions {
  /** Columns that are left out, such as labels. */
  readonly exclude?: readonly string[]
  /** Kinds of columns by name, where it is known better. */
  readonly kinds?: Readonly<Record<string, KindChoice>>
}

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

function checkChoices(columns: readonly string[], { exclude = [], kinds = {} }: InferOptions): void {
  const unknown = [...exclude, ...Object.keys(kinds)].filter((name) => !columns.includes(name))
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
  const { rows } = chunk
  const slots = rows.map((_, row) => sampled(before + row))
  let row = 0
  const place = () => rowName(chunk, row)
  for (const [column, tally] of tallies.entries())
    for (row = 0; row < rows.length; row++) tally.add(rows[row][column], slots[row], place)
}

/** The table's columns, counted in one pass. */
async function summaries(chunks: AsyncIterable<TableChunk>, options: InferOptions): Promise<ColumnSummary[]> {
  let columns: readonly string[] | undefined
  let tallies: readonly ColumnTally[] = []
  let sampled: (row: number) => number = () => -1
  let rows = 0
  for await (const chunk of chunks) {
    if (columns === undefined) {
      columns = columnNames(chunk.columns)
      checkChoices(columns, options)
      const room = sampleRoom(columns.length)
      sampled = rowSampler(room)
      tallies = columns.map((name) => columnTally(name, room))
    }
    checkSameColumns(columns, chunk)
    addChunk(chunk, tallies, sampled, rows)
    rows += chunk.rows.length
  }
  return rows === 0 ? noRows() : tallies.map((tally) => tally.summary())
}

const inferredKind = (summary: ColumnSummary): { kind: ColumnKind; reason: string } => {
  for (const kind of columnKinds) {
    const reason = kind.suits(summary)
    if (reason !== undefined) return { kind, reason }
  }
  // The last kind takes whatever is not a number, and the one before it what is.
  throw new Error(`no kind suits column "${summary.name}"`)
}

function toldKind(name: string, choice: KindChoice) {
  const { kind, levels } = typeof choice === 'string' ? { kind: choice, levels: undefined } : choice
  if (!columnKinds.some(({ name }) => name === kind))
    fail({
      code: 'table/kind',
      seen: `kind "${kind}" for column "${name}"`,
      wanted: `one of ${columnKinds.map(({ name }) => name).join(', ')}`,
      fix: 'say one of these',
      usage: true,
    })
  return { kind: kindOf(kind), reason: 'said so', levels }
}

/** Which words were taken for missing, as the end of a sentence; empty where there were none. */
function missingRemark({ missingWords }: ColumnSummary): string {
  const words = missingWords.map(
    ({ level, count }) => `"${level}" in ${count} ${count === 1 ? 'row' : 'rows'}`,
  )
  return words.length === 0 ? '' : `; ${words.join(', ')} counts as missing`
}

function columnFor(summary: ColumnSummary, choice: KindChoice | undefined): ColumnSchema {
  const { name, rows, missing } = summary
  const told = choice === undefined ? undefined : toldKind(name, choice)
  const { kind, reason } = told ?? inferredKind(summary)
  const fields = kind.fit(summary, told?.levels)
  if (typeof fields === 'string')
    return fail({
      code: 'table/kind',
      seen: `column "${name}" as ${kind.name}, though ${fields}`,
      wanted: `a column of this kind (${kind.summary})`,
      fix: `say another kind for it${told ? ', or none' : ''}`,
      usage: true,
    })
  return columnOf({
    ...{ name, kind: kind.name, missing: missing / rows, reason: `${reason}${missingRemark(summary)}` },
    ...fields,
  })
}

/**
 * The kinds of a table's columns, each with the reason, from one pass over its rows in bounded memory.
 *
 * Counts, ranges and means are of all rows; shapes are judged by a sample of 20,000. Errors: `table/empty`,
 * `table/columns`, `table/column-names`, `table/ragged`, `table/kind-left-out`, and `table/kind` where a column cannot be what was said of it.
 */
export async function inferSchema(
  chunks: AsyncIterable<TableChunk>,
  options: InferOptions = {},
): Promise<TableSchema> {
  const excluded = new Set(options.exclude)
  const columns = await summaries(chunks, options)
  const choices = new Map(Object.entries(options.kinds ?? {}))
  return {
    columns: columns
      .filter(({ name }) => !excluded.has(name))
      .map((summary) => columnFor(summary, choices.get(summary.name))),
  }
}
