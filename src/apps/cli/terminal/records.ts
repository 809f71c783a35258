import { csvOutput, type OutputRows } from '../../../inside.node.ts'
import { aligned } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Records as people read them; the first row is the head. */
export interface ShownRecords {
  readonly rows: readonly (readonly string[])[]
  /** How each column stands, as `aligned` has it. */
  readonly sides: string
  /** What is done to the lines of a record, from 1 on. */
  readonly paint?: (line: string, record: number) => string
}

/** Writes a list of records to stdout: on a terminal a table that fits it, else CSV with every digit and name. */
export async function printRecords(
  terminal: Terminal,
  shown: () => ShownRecords,
  records: () => OutputRows,
): Promise<void> {
  if (terminal.outIsTerminal) {
    const { rows, sides, paint = (line) => line } = shown()
    const { dim } = terminal.outStyle
    terminal.tell(
      aligned(rows, sides, terminal.outWidth(), (line, row) => (row === 0 ? dim(line) : paint(line, row))),
    )
    return
  }
  const output = csvOutput(terminal.out)
  await output.rows(records())
  await output.done()
}

/** A number as programs read it here: with the digits that count, or nothing. */
export const measured = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(7))
