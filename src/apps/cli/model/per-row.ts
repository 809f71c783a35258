import { type Dataset, joinedRows, type OpenedRun, openRunModel, rowsInChunk } from '../../../inside.node.ts'
import { type Command, defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { type OptionTable, text, type Values } from '../options.ts'
import { reading, readingOf } from '../tables/reading.ts'
import { dataArgument, runArgument } from './arguments.ts'
import { openDataFor } from './data.ts'
import { csvText, openOut, outOption, type Sheet, tableKinds } from './sheet.ts'

const shared = {
  out: outOption(tableKinds),
  label: text('<column>', 'column or array that holds class numbers, which is left out'),
  ...reading,
}

/** What a run's model is to make of some rows. */
interface Reading<Options extends OptionTable> {
  readonly run: OpenedRun
  readonly dataset: Dataset
  /** The numbers of some rows, one after another. */
  readonly indices: Uint32Array
  readonly values: Values<Options>
  readonly signal: AbortSignal
}

/** A command that gives a line for every row of some data: to `--out`, else to stdout as CSV. */
export const perRowCommand = <Own extends OptionTable>({
  options,
  examples,
  sheetOf,
}: Pick<Command<Own>, 'options' | 'examples'> & {
  sheetOf(reading: Reading<Own>): Promise<Sheet>
}): Command<typeof shared & Own> =>
  defineCommand({
    arguments: [runArgument, dataArgument],
    options: { ...shared, ...options },
    examples,
    async run({ args: [path, source], values, parts, terminal, signal }) {
      const given = values as Values<typeof shared>
      const { out, label } = given
      const save = out === undefined ? undefined : openOut(out, tableKinds)
      using run = await openRunModel(path, { parts })
      const dataset = await openDataFor(run.trained, source, { label, ...readingOf(given) })
      const sheets: Sheet[] = []
      // Part by part, since the data may be larger than memory.
      for (let first = 0; first < dataset.count; first += rowsInChunk(dataset)) {
        const size = Math.min(rowsInChunk(dataset), dataset.count - first)
        const indices = Uint32Array.from({ length: size }, (_, i) => first + i)
        sheets.push(await sheetOf({ run, dataset, indices, values, signal }))
      }
      const sheet = { columns: sheets[0].columns, rows: joinedRows(sheets.map(({ rows }) => rows)) }
      terminal.out(save ? `${await save(sheet)}\n` : csvText(sheet))
      return exitCodes.done
    },
  })
