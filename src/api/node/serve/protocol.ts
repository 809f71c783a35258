import type { PartRecord } from '../../../base/parts.ts'
import type { Cell } from '../../../data/tables/cell.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import type { Problem } from './problem.ts'
import type { ColumnFacts, SeenRows } from './seen-rows.ts'

/** How rows are written in a body. */
export type BodyForm = 'json' | 'lines' | 'arrow'

/** What a thread opens; plain data. */
export interface ServingTask {
  /** The bytes of a weights.safetensors, shared by all threads of a model. */
  readonly bytes: Uint8Array
  /** What errors call it. */
  readonly file: string
  /** What answers call it. */
  readonly model: { readonly name: string; readonly version: string }
  /** Parts that users brought, which the thread imports afresh. */
  readonly brought: readonly PartRecord[]
  /** What becomes of cells that the model cannot read, where a request does not say. */
  readonly unseen: 'missing' | 'error'
  /** Rows of a request at most. */
  readonly mostRows: number
}

/** One thing that a conditional model is given. */
export interface GivenFacts {
  readonly name: string
  readonly about: string
  /** An example of it, for a form. */
  readonly example: Cell
  /** Whether training met rows of which it was not known. */
  readonly gaps: boolean
  readonly levels?: readonly Cell[]
}

/** What a model says of itself once it is open. */
export interface ServedFacts {
  readonly operations: readonly OperationName[]
  readonly latent: number
  readonly exampleShape: readonly number[]
  readonly engine: string
  /** The columns that are modelled, where it is one of a table. */
  readonly columns?: readonly ColumnFacts[]
  /** What it is given beside rows and codes, where it is a conditional one. */
  readonly given?: readonly GivenFacts[]
  /** Rows that p-values come from; 0 where none were held out. */
  readonly heldOut: number
  /** What share of these lies in each part of p. */
  readonly expectedP?: readonly number[]
}

/** Requests that ask the same of a model, answered together. */
export interface Batch {
  readonly id: number
  readonly operation: OperationName
  readonly options: AskedOptions
  readonly takes: BodyForm
  readonly gives: BodyForm
  /** The bodies, one after another, and where each ends. */
  readonly bytes: Uint8Array
  readonly ends: readonly number[]
  /** Number of the first row of each body, where it is a part of a stream. */
  readonly firsts: readonly number[]
}

/** An answer for each request of a batch. */
export interface BatchAnswer {
  readonly id: number
  readonly bytes: Uint8Array
  readonly ends: readonly number[]
  /** HTTP status of each; above 399 its bytes are a problem. */
  readonly statuses: readonly number[]
  /** Rows that each held. */
  readonly rows: readonly number[]
  /** Milliseconds that it took. */
  readonly took: number
  readonly seen?: SeenRows
}

export type FromThread =
  | { readonly ready: ServedFacts }
  | { readonly failed: Problem }
  /** What goes to the log alone. */
  | { readonly unexpected: string }
  | BatchAnswer
