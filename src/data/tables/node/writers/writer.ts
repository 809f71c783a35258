import type { StoredType } from '../../stored-type.ts'

/** A column of what is written. */
export interface WrittenColumn {
  readonly name: string
  readonly type: StoredType
  /** Whether nothing is known in some of its cells; where nobody says, there may be such. */
  readonly hasGaps?: boolean
}

/** Takes bytes or text piece by piece. */
export type Write = (content: Uint8Array | string) => Promise<void>

/** How a table is to be written, where there is a choice. */
export interface WritingManner {
  /** CSV: what stands between cells; default: a comma. */
  readonly separator?: string
  /** CSV: whether the first line names the columns; default: yes. */
  readonly isNamed?: boolean
  /** CSV: whether texts that a spreadsheet would compute are written so that it shows them. */
  readonly isDefused?: boolean | undefined
  /** Parquet: what is kept beside the table. */
  readonly metadata?: readonly { readonly key: string; readonly value?: string }[] | undefined
}

/** A table that is being written. */
export interface WritingTable {
  /** Takes the next rows: cells as their types have them, or values as their source stores them. */
  rows(rows: readonly (readonly unknown[])[]): Promise<void>
  done(): Promise<void>
}

/** One format that tables are written in. */
export interface TableWriter {
  readonly name: string
  /** Endings of its files, without the dot. */
  readonly endings: readonly string[]
  /** Whether it says what columns are, so that all rows must be seen first. */
  readonly isTyped: boolean
  /** Whether structures and lists stand in one column. */
  readonly isNested?: boolean
  open(columns: readonly WrittenColumn[], write: Write, manner?: WritingManner): Promise<WritingTable>
}
