import {
  csvOutput,
  type OutputRows,
  type OutputTarget,
  type RowBlock,
  type ShardJob,
  type ShardPart,
  type TableOutput,
  tableOutput,
} from '../../../inside.node.ts'
import { text, toggle, type Values } from '../options.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Order, shownRows } from './shown-rows.ts'

/** Where every command that gives rows of a table puts them. */
export const outputOptions = {
  out: text(
    '<file>',
    'where to write: .csv, .tsv, .jsonl or .parquet (default: stdout, as CSV; of that a terminal shows ten rows)',
  ),
  into: text(
    '<database#table>',
    'table of a database to make of them: postgres://…#table, file.sqlite#table, file.duckdb#table',
  ),
  append: toggle('with --into: put them at the end of a table that is there'),
  'for-spreadsheet': toggle(
    'in a .csv: put an apostrophe before texts that a spreadsheet would compute (=, +, -, @), and say that it is UTF-8',
  ),
}

/** Where the rows of a command go, by what was said. */
export const targetOf = (
  values: Pick<Values<typeof outputOptions>, 'out' | 'into' | 'append' | 'for-spreadsheet'>,
  separator?: string,
): OutputTarget => {
  const { out, into, append } = values
  return { out, into, append, separator, isDefused: values['for-spreadsheet'] }
}

/** Takes rows in. */
export type WriteRows = (rows: OutputRows) => Promise<void>

/** Does work whose rows then stand where they were to go, all of them or none. */
export type Writing = (work: (write: WriteRows) => Promise<void>) => Promise<void>

/** Checks where rows are to go, before they are computed. Errors: those of `tableOutput`. */
export async function checkedOutput(
  target: OutputTarget,
  terminal: Terminal,
  { others, order }: { readonly others?: readonly string[]; readonly order?: Order | undefined } = {},
): Promise<Writing> {
  if (target.out === undefined && target.into === undefined && !target.append)
    return terminal.outIsTerminal ? toTerminal(terminal, order) : toStdout(terminal, target)
  return toOutput(await tableOutput(target, others), terminal)
}

/** Writes to an output that is begun then. */
export const toOutput =
  (open: () => Promise<TableOutput>, terminal: Terminal): Writing =>
  async (work) => {
    const output = await open()
    try {
      await work(output.rows)
    } catch (error) {
      await output.abandon()
      throw error
    }
    await output.done()
    sayJson(output, terminal)
  }

/** The same for the output of a shard, which says beside it what it holds. */
export const toPart = (part: ShardPart, job: ShardJob, rows: RowBlock, terminal: Terminal): Writing =>
  toOutput(() => part.table(job, rows), terminal)

/** Lists have no columns of their own everywhere. */
function sayJson(output: TableOutput, terminal: Terminal): void {
  const columns = output.asJson()
  if (columns.length > 0) terminal.say(`written as JSON: ${columns.join(', ')}`)
}

const toTerminal =
  (terminal: Terminal, order: Order | undefined): Writing =>
  async (work) => {
    const shown = shownRows(terminal, order)
    await work(async (rows) => shown.rows(rows))
    shown.end()
  }

const toStdout =
  (terminal: Terminal, target: OutputTarget): Writing =>
  async (work) => {
    const output = csvOutput((text) => terminal.out(text), target)
    await work(output.rows)
    await output.done()
    sayJson(output, terminal)
  }

/** The `n`th of several outputs: out.1.csv, or table_1 of the database. */
export const numbered = ({ out, into, ...others }: OutputTarget, n: number): OutputTarget => ({
  ...others,
  ...(out === undefined ? {} : { out: out.replace(/(\.[^./\\]*)?$/, (ending) => `.${n}${ending}`) }),
  ...(into === undefined ? {} : { into: `${into}_${n}` }),
})
