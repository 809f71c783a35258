import type { Part, ShardJob } from '../../../inside.node.ts'
import type { Writing } from '../tables/output.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What options of the command came to, as plain data. */
export type Asked = ShardJob['options']

interface Making {
  readonly terminal: Pick<Terminal, 'say' | 'errStyle'>
  readonly signal: AbortSignal
}

/** A command at work on one table after another, its run open. */
export interface PartWorker extends Disposable {
  readonly model: ShardJob['model']
  /** Reads a table, and writes what comes of it. */
  make(source: string, writing: Writing, making: Making): Promise<void>
}

/** Opens a run for a command. */
export type OpenPartWorker = (run: string, asked: Asked, parts: readonly Part[]) => Promise<PartWorker>
