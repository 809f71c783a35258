import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { inFile } from '../../../data/in-file.ts'
import { filledChunks } from '../../../data/tables/blank-rows.ts'
import type { TableChunk } from '../../../data/tables/cell.ts'
import { rowCount } from '../../../data/tables/chunk-columns.ts'
import { type InferOptions, inferSchema } from '../../../data/tables/infer-schema.ts'
import { openTable } from '../../../data/tables/node/open-table.ts'
import type { TableReading } from '../../../data/tables/readers/reader.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { TableStream } from '../../../data/tables/stream.ts'
import { type UnreadCount, unreadTally } from '../../../data/tables/unread-tally.ts'
import { oneChunk } from '../../../data/tables/windows/one-chunk.ts'
import { windowsOf } from '../../../data/tables/windows/ordering.ts'
import { seriesCollector } from '../../../data/tables/windows/series.ts'
import { HELD_OUT_SCORES } from '../../../infer/tables/usual.ts'
import type { WithParts } from '../../../recipe/bring.ts'
import { type Drift, type DriftColumn, driftBetween } from '../../../statistics/anomaly/drift/drift.ts'
import { driftColumns, type TableSide, tableSide } from '../../../statistics/anomaly/drift/table-side.ts'
import { type OpenedTableRun, openTableRun } from './table-run.ts'

/** What has moved from one table to another. */
export interface TableDrift extends Drift {
  readonly rows: { readonly reference: number; readonly current: number }
  /** Columns of the second table that the first one's schema does not have. */
  readonly added: readonly string[]
  /** Cells of the second table that count as missing because they cannot be read. */
  readonly unread: readonly UnreadCount[]
  /** What its reader left out or took for something. */
  readonly notes: readonly string[]
}

export interface TableDriftOptions extends InferOptions, WithParts {
  /** How both tables are written, or the second where the first is a run's. */
  readonly reading?: TableReading
  /** Of the columns named, the share that has not moved is at most this on average; default 0.05. */
  readonly level?: number
  readonly signal?: AbortSignal
  /** The query of the first table, where that is not the second's; a run has one of its own. */
  readonly oldQuery?: string
  /** What becomes of a text among the second table's numbers; default: it counts as missing. */
  readonly unseen?: 'error' | 'missing'
  /** Takes both tables' columns, for pictures of them. */
  readonly onSides?: (schema: TableSchema, columns: readonly DriftColumn[]) => void
}

/** What rows are compared by. */
interface Reference {
  stream(): Promise<TableStream>
  readonly schema: TableSchema
  readonly run?: OpenedTableRun
}

/**
 * Which columns of a table are not distributed as those of another, or as the table that a run was trained on; of a run
 * also whether its model scores the new rows as it scored those it held out. Where that is one of ordered rows p-values are
 * of blocks of rows, since each is like those before it.
 *
 * All rows of both are read, the second once, so that it may be piped in (`-`). Errors: `anomaly/drift-empty`,
 * `table/columns`, `drift/kinds`, and those of `inferSchema`, `encoder`, `openTable` and `openTableRun`.
 */
export async function tableDrift(
  reference: string,
  current: string,
  options: TableDriftOptions = {},
): Promise<TableDrift> {
  const { exclude = [], kinds, missing, level, signal, parts, reading, oldQuery, unseen, onSides } = options
  const first = oldQuery === undefined ? reading : { ...reading, query: oldQuery }
  const opened = await openReference(reference, { exclude, kinds, missing, parts, reading: first })
  using _run = opened.run
  const schema = { columns: opened.schema.columns.filter(({ name }) => !exclude.includes(name)) }
  const unread = unreadTally()
  const [before, after] = [tableSide(schema), tableSide(schema, { unseen, onUnread: unread.add })]
  const usual = await opened.run?.calibration()
  const scores: number[] = []
  const windows = opened.run?.run.trained.recipe.data.windows
  const standing = windows && {
    reference: seriesCollector(windowsOf(windows)),
    current: seriesCollector(windowsOf(windows)),
  }
  const old = await readInto(before, await opened.stream(), signal, async (chunk) => {
    standing?.reference.add(chunk)
  })
  const moved = await (opened.run?.open(current, reading) ?? openTable(current, reading))
  const isWhole = windows !== undefined
  const fresh = await readInto(
    after,
    moved,
    signal,
    async (chunk) => {
      standing?.current.add(chunk)
      if (!usual || !opened.run) return
      for (const score of (await opened.run.table.score(chunk, { signal })).score) scores.push(score)
    },
    isWhole,
  )
  const columns = driftColumns(before, after)
  const orders = standing && { reference: standing.reference.series(), current: standing.current.series() }
  // Scores of whole stretches that were held out stand in their order, those of rows in that of the table.
  const held = orders && opened.run?.run.trained.values[HELD_OUT_SCORES]
  const usualScores = held ? Float64Array.from(held.data) : usual?.ascending
  onSides?.(schema, columns)
  const known = [...opened.schema.columns.map(({ name }) => name), ...exclude]
  return {
    rows: { reference: old.rows, current: fresh.rows },
    added: fresh.columns.filter((name) => !known.includes(name)),
    ...{ unread: unread.counts(), notes: fresh.notes },
    ...driftBetween({
      columns,
      ...(level === undefined ? {} : { level }),
      ...(usualScores && scores.length > 0 && { scores: { reference: usualScores, current: scores } }),
      ...(orders && { orders, scoreOrders: { ...orders, reference: inOrder(usualScores?.length ?? 0) } }),
    }),
  }
}

const inOrder = (count: number) => ({
  rows: Uint32Array.from({ length: count }, (_, row) => row),
  starts: [0, count],
})

/** A run's table, schema and model; or a table and what its columns are found to be. */
async function openReference(
  path: string,
  { parts, reading, ...options }: Pick<TableDriftOptions, 'reading'> & InferOptions & WithParts,
): Promise<Reference> {
  // A folder may hold tables, too.
  const isRun = await stat(join(path, 'recipe.json')).catch(() => undefined)
  if (!isRun) {
    const stream = await openTable(path, reading)
    const infer = () => inferSchema(stream.chunks(), { ...options, ...(parts && { parts }) })
    return { stream: async () => stream, schema: await inFile(stream.file ?? path, infer) }
  }
  if (Object.keys({ ...options.kinds, ...options.missing }).length > 0) refuseKinds(path)
  const run = await openTableRun(path, { unseen: 'missing', parts })
  const { source, query, separator, header, encoding, sheet } = run.run.directory.recipe.data
  const stream = () => openTable(source, { query, separator, header, encoding, sheet })
  return { stream, schema: run.table.schema, run }
}

/** Rows and columns of a table that a side has taken in; errors name the table. */
async function readInto(
  side: TableSide,
  stream: TableStream,
  signal: AbortSignal | undefined,
  also: (chunk: TableChunk) => Promise<void>,
  /** Whether all rows come as one chunk, for a model that knows each by those around it. */
  isWhole = false,
) {
  let rows = 0
  let columns: readonly string[] = []
  const notes: string[] = []
  const filled = filledChunks(stream.chunks(), (note) => notes.push(note))
  for await (const chunk of isWhole ? oneChunk(filled) : filled) {
    signal?.throwIfAborted()
    await inFile(stream.file ?? stream.name, async () => {
      side.take(chunk)
      await also(chunk)
    })
    rows += rowCount(chunk)
    columns = chunk.columns
    notes.push(...(chunk.notes ?? []))
  }
  return { rows, columns, notes }
}

const refuseKinds = (path: string): never =>
  fail({
    code: 'drift/kinds',
    seen: `kinds of columns beside the run "${path}", which knows them`,
    wanted: 'kinds for a table alone',
    fix: 'leave --kind out, or compare with the table itself',
    usage: true,
  })
