import { fail } from '../../base/errors.ts'
import { givenTable, type TableFacts } from './given-table.ts'
import type { ScoredRow } from './scored-rows.ts'
import type { ScoreRowsOptions, TableService } from './table-service.ts'

/** @inline */
export interface StreamRowsOptions extends Omit<ScoreRowsOptions, 'signal'> {
  /** What another stream has `saved`, to go on behind its last row. */
  readonly held?: Uint8Array | undefined
}

/** Rows in, and what each costs out, in their order; holds no more than the last rows of each series. @inline */
export interface RowStream extends TransformStream<object, ScoredRow> {
  /** All that is held of rows that were scored; undefined of a model of single rows, which holds nothing. */
  saved(): Uint8Array | undefined
}

interface Answering {
  readonly columns: readonly string[]
  readonly facts: TableFacts
}

/** Begins a stream, or goes on with what another has saved. Error: `table/stream`. */
export async function rowStream(
  service: TableService,
  { columns, facts }: Answering,
  { held, ...options }: StreamRowsOptions = {},
): Promise<RowStream> {
  if (facts.ordering?.length && !service.stream) refuseThread()
  const scoring = await service.stream?.(held)
  const score = scoring?.score ?? service.score
  const stream = new TransformStream<object, ScoredRow>({
    async transform(row, controller) {
      for await (const chunk of (await givenTable([row], columns, facts)).chunks())
        for (const own of await score(chunk, options)) controller.enqueue(own)
    },
  })
  return Object.assign(stream, { saved: () => scoring?.saved() })
}

const refuseThread = (): never =>
  fail({
    code: 'table/stream',
    seen: 'rows of series as they come, for a model in a thread',
    wanted: 'a model in this thread, which holds the last rows of each series',
    fix: 'leave worker out',
    usage: true,
  })
