import type { Cell } from '../../cell.ts'
import type { StoredType } from '../../stored-type.ts'

/** A column of what is written. */
export interface WrittenColumn {
  readonly name: string
  readonly type: StoredType
}

/** Takes bytes or text piece by piece. */
export type Write = (content: Uint8Array | string) => Promise<void>

/** A table that is being written. */
export interface WritingTable {
  /** Takes the next rows, their cells as their types have them. */
  rows(rows: readonly (readonly Cell[])[]): Promise<void>
  done(): Promise<void>
}

/** One format that tables are written in. */
export interface TableWriter {
  readonly name: string
  /** Endings of its files, without the dot. */
  readonly endings: readonly string[]
  /** Whether it says what columns are, so that all rows must be seen first. */
  readonly isTyped: boolean
  open(columns: readonly WrittenColumn[], write: Write): Promise<WritingTable>
}
