import { type Dataset, type OpenedRun, openRunModel, rowsInChunk } from '../../../inside.node.ts'
import { type Command, defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { type OptionTable, text, type Values } from '../options.ts'
import { dataArgument, runArgument } from './arguments.ts'
import { openDataFor } from './data.ts'
import { csvText, openOut, outOption, type Sheet, tableKinds } from './sheet.ts'

const shared = {
  out: outOption(tableKinds),
  label: text('<column>', 'column or array that holds class numbers, which is left out'),
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
      const { out, label } = values as Values<typeof shared>
      const save = out === undefined ? undefined : openOut(out, tableKinds)
      using run = await openRunModel(path, { parts })
      const dataset = await openDataFor(run.trained, source, label)
      const sheets: Sheet[] = []
      // Part by part, since the data may be larger than memory.
      for (let first = 0; first < dataset.count; first += rowsInChunk(dataset)) {
        const size = Math.min(rowsInChunk(dataset), dataset.count - first)
        const indices = Uint32Array.from({ length: size }, (_, i) => first + i)
        sheets.push(await sheetOf({ run, dataset, indices, values, signal }))
      }
      const sheet = joined(sheets)
      terminal.out(save ? `${await save(sheet)}\n` : csvText(sheet))
      return exitCodes.done
    },
  })

/** Sheets of the same columns, one below another. */
function joined(sheets: readonly Sheet[]): Sheet {
  const [{ columns, rows }] = sheets
  const count = sheets.reduce((sum, sheet) => sum + sheet.rows.shape[0], 0)
  const width = rows.data.length / rows.shape[0]
  const data =
    rows.data instanceof Float32Array ? new Float32Array(count * width) : new Float64Array(count * width)
  let at = 0
  for (const sheet of sheets) {
    data.set(sheet.rows.data, at)
    at += sheet.rows.data.length
  }
  return { columns, rows: { data, shape: [count, ...rows.shape.slice(1)] } }
}
