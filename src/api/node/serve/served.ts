import type { TableSchema } from '../../../data/tables/schema.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import type { BodyForm, ServedFacts } from './protocol.ts'
import type { SeenRows } from './seen-rows.ts'
import type { Answered } from './written.ts'

/** A body as it came. */
export interface Body {
  readonly bytes: Uint8Array
  readonly form: BodyForm
  /** Number of its first row, from 0. */
  readonly first: number
  /** Rows that it may have; a part of a stream any number. */
  readonly most: number
}

/** What a table is besides its model's parts. */
export interface TableOf {
  readonly schema: TableSchema
  /** What the columns are that a conditional model is given. */
  readonly given?: TableSchema | undefined
  /** Names of these. */
  readonly known: readonly string[]
  /** Names of columns that training left out. */
  readonly left: readonly string[]
}

/** What one request came to. */
export interface Outcome {
  readonly answered?: Answered
  readonly error?: unknown
  readonly rows: number
}

/** Outcomes of requests that were answered together, in their order. */
export interface Outcomes {
  readonly each: readonly Outcome[]
  readonly seen?: SeenRows
}

/** An open model that answers requests. */
export interface Served {
  readonly facts: ServedFacts
  answer(operation: OperationName, options: AskedOptions, bodies: readonly Body[]): Promise<Outcomes>
}

/** Answers each request by itself: an error of one is its own. */
export async function eachAlone(
  bodies: readonly Body[],
  answer: (body: Body) => Promise<{ readonly answered: Answered; readonly rows: number }>,
): Promise<Outcomes> {
  const each: Outcome[] = []
  for (const body of bodies) each.push(await answer(body).catch((error: unknown) => ({ error, rows: 0 })))
  return { each }
}
