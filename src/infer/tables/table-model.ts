import type { Turns } from '../../base/turns.ts'
import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import type { TableRows } from '../../data/tables/held-table.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import { oneChunk } from '../../data/tables/windows/one-chunk.ts'
import { filledTable } from './filled.ts'
import { givenTable, type TableFacts } from './given-table.ts'
import type { RowStream, StreamRowsOptions } from './row-stream.ts'
import type { ScoredRow } from './scored-rows.ts'
import type { SynthesizeOptions } from './synthesize.ts'
import type { ScoreRowsOptions, TableService } from './table-service.ts'

/** A row by the names of its columns; dates are texts, as ISO 8601 where training saw `Date`s. @inline */
export type TableRow = Readonly<Record<string, Cell>>

/** @inline */
export interface ImputeRowsOptions {
  /** Draws of the code, where the model has a say in a gap; default 64. */
  readonly draws?: number
  /** The share, such as 0.9, with which a number that was filled lies between `x.low` and `x.high`, which it has beside it. */
  readonly interval?: number
  /** Of ordered rows so many more at the end of each series: forecasts. */
  readonly ahead?: number
  readonly signal?: AbortSignal
}

/** What gives tables more columns or rows than they had. @inline */
type WiderRows = ImputeRowsOptions & ({ readonly interval: number } | { readonly ahead: number })

/**
 * A trained model of a table: rows come out in the form in which they went in.
 *
 * Rows are objects, `{ columns, rows }`, or text or bytes of a file; a text of one line is the path or address
 * of a file. null, undefined, NaN, '' and what is not there are missing. Errors of its methods: `table/rows`,
 * `table/columns` where rows lack a column and have another that training did not see, `table/cell`,
 * `table/unseen-level`, `table/nested`.
 */
export interface TableModel extends Disposable {
  /** What every column was taken for. */
  readonly schema: TableSchema
  /** Names of the columns that are modelled. */
  readonly columns: readonly string[]
  /**
   * How unusual each row is, what share of held-out rows is as unusual, which detector found it, and which cells make it so.
   *
   * Errors: `anomaly/calibration-size`, `anomaly/calibration-empty` where a `falseAlarm` cannot be promised;
   * `anomaly/contamination`, `anomaly/two-thresholds`.
   */
  score(rows: TableRows, options?: ScoreRowsOptions): Promise<ScoredRow[]>
  /**
   * Scores rows as they come: what reads slowly holds back what writes. Of windows of ordered rows each is judged by those
   * of its series before it alone, with rates of its own. Errors: those of `score`, `table/stream`, `live/state`.
   */
  scoring(options?: StreamRowsOptions): Promise<RowStream>
  /**
   * The same rows with what is missing filled in by what hidden cells showed to be best for its column, all else as it is;
   * gaps of a column whose other rows hold `Date`s become one. Mattei & Frellsen 2019, eq. 11; Breiman 1996. With `ahead`
   * each series of ordered rows goes on by its usual step. Errors: `table/ahead`, `infer/count`, `infer/share`.
   */
  impute(rows: TableRows, options: WiderRows): Promise<TableRow[]>
  /** The same rows alone. */
  impute<Row extends object>(rows: readonly Row[], options?: ImputeRowsOptions): Promise<Row[]>
  /** The same of rows in another form, each by the names of its columns. */
  impute(rows: TableRows, options?: ImputeRowsOptions): Promise<TableRow[]>
  /**
   * New rows like those it was trained on, with all columns of their table: one of a single value has it, and names of
   * rows are empty. Of ordered rows whole series, with times and names as the table has them. Errors: `infer/count`, `infer/series`, `infer/seed`, `infer/sampler`, `infer/no-codes`.
   */
  synthesize(count: number, options?: SynthesizeOptions): Promise<TableRow[]>
  /** Frees what it holds, and ends its thread where it has one. */
  dispose(): void
}

/** A table model over what answers its questions, here or in another thread. */
export function tableModelOf(service: TableService & Disposable, facts: TableFacts): TableModel {
  const inTurn: Turns = facts.inTurn ?? ((job) => job())
  const columns = tableLayout(facts.schema).columns.map(({ name }) => name)
  const dispose = () => service[Symbol.dispose]()
  const each = async <Made>(
    rows: TableRows,
    signal: AbortSignal | undefined,
    make: (chunk: TableChunk) => Promise<readonly Made[]>,
  ): Promise<Made[]> => {
    const made: Made[] = []
    const { chunks } = await inTurn(() => givenTable(rows, columns, facts))
    const each = eachInTurn(chunks(), inTurn)
    for await (const chunk of facts.ordering?.length ? oneChunk(each) : each) {
      signal?.throwIfAborted()
      for (const one of await make(chunk)) made.push(one)
    }
    return made
  }
  const filled = async (chunk: TableChunk, options: ImputeRowsOptions) => {
    const { rows, intervals, chunk: whole = chunk } = await service.impute(chunk, options)
    const table = filledTable(whole, { schema: facts.schema, columns, rows, intervals })
    return { whole: { ...whole, columns: table.columns }, cells: table.rows }
  }
  async function impute(rows: TableRows, options: WiderRows): Promise<TableRow[]>
  async function impute<Row extends object>(rows: readonly Row[], options?: ImputeRowsOptions): Promise<Row[]>
  async function impute(rows: TableRows, options?: ImputeRowsOptions): Promise<TableRow[]>
  async function impute(rows: TableRows, options: ImputeRowsOptions = {}): Promise<object[]> {
    const like = Array.isArray(rows) ? asGiven(rows) : asRow
    return each(rows, options.signal, async (chunk) => {
      const { whole, cells } = await filled(chunk, options)
      return cells.map((own, at) => like(own, whole, at))
    })
  }
  return {
    schema: facts.schema,
    columns,
    score: (rows, options = {}) => each(rows, options.signal, (chunk) => service.score(chunk, options)),
    async scoring(options) {
      const { rowStream } = await import('./row-stream.ts')
      return rowStream(service, { columns, facts }, options)
    },
    impute,
    async synthesize(count, options) {
      const { columns: names, rows } = await service.synthesize(count, options)
      return rows.map((cells) => rowOf(names, cells))
    },
    dispose,
    [Symbol.dispose]: dispose,
  }
}

/** The same chunks, each read when it has its turn. */
async function* eachInTurn(chunks: AsyncIterable<TableChunk>, inTurn: Turns): AsyncGenerator<TableChunk> {
  const iterator = chunks[Symbol.asyncIterator]()
  let ended = false
  try {
    for (;;) {
      const next = await inTurn(() => iterator.next())
      ended = next.done === true
      if (next.done) return
      yield next.value
    }
  } finally {
    if (!ended) await iterator.return?.()
  }
}

const rowOf = (columns: readonly string[], cells: readonly Cell[]): TableRow =>
  Object.fromEntries(columns.map((name, at) => [name, cells[at]]))

const asRow = (cells: readonly Cell[], { columns }: TableChunk): TableRow => rowOf(columns, cells)

/** Rows as they were given, with what a model says where they say nothing. */
function asGiven(given: readonly object[]) {
  const dated = new Set(
    given.flatMap((row) =>
      Object.entries(row).flatMap(([name, value]) => (value instanceof Date ? [name] : [])),
    ),
  )
  return (cells: readonly Cell[], chunk: TableChunk, at: number): object => {
    const known = chunk.rows[at]
    const own = given.at(chunk.first + at)
    const gaps = chunk.columns.flatMap((name, column) => {
      const cell = cells[column]
      // A row ahead was not given at all.
      if (own && column < known.length && cell === known[column]) return []
      return [[name, dated.has(name) && typeof cell === 'string' ? new Date(cell) : cell] as const]
    })
    return { ...own, ...Object.fromEntries(gaps) }
  }
}
