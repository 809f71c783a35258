import {
  type Cell,
  type Dataset,
  joinedRows,
  type OpenedRun,
  openRunModel,
  rowsInChunk,
  shortest,
} from '../../../inside.node.ts'
import { type Command, defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { type OptionTable, text, type Values } from '../options.ts'
import { checkedOutput, outputOptions, targetOf } from '../tables/output.ts'
import { reading, readingOf } from '../tables/reading.ts'
import type { Order } from '../tables/shown-rows.ts'
import { dataArgument, runArgument } from './arguments.ts'
import { openDataFor } from './data.ts'
import { openOut, type Sheet, tableKinds } from './sheet.ts'

const shared = {
  ...outputOptions,
  out: text(
    '<file>',
    'where to write: .npy, .csv, .tsv, .jsonl or .parquet (default: stdout, as CSV; of that a terminal shows ten rows)',
  ),
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

/** A command that gives a line for every row of some data: to `--out` or `--into`, else to stdout as CSV. */
export const perRowCommand = <Own extends OptionTable>({
  options,
  examples,
  sheetOf,
  order,
}: Pick<Command<Own>, 'options' | 'examples'> & {
  sheetOf(reading: Reading<Own>): Promise<Sheet>
  /** Which rows a terminal shows; default: the first. */
  readonly order?: Order
}): Command<typeof shared & Own> =>
  defineCommand({
    arguments: [runArgument, dataArgument],
    options: { ...shared, ...options },
    examples,
    async run({ args: [path, source], values, parts, terminal, signal }) {
      const given = values as Values<typeof shared>
      const { out, into, label } = given
      const isArray = out?.toLowerCase().endsWith('.npy') === true && into === undefined
      const write = isArray
        ? undefined
        : await checkedOutput(targetOf(given), terminal, { others: ['npy'], order })
      using run = await openRunModel(path, { parts })
      const dataset = await openDataFor(run.trained, source, { label, ...readingOf(given) })
      // Part by part, since the data may be larger than memory.
      async function* sheets(): AsyncGenerator<Sheet> {
        for (let first = 0; first < dataset.count; first += rowsInChunk(dataset)) {
          const size = Math.min(rowsInChunk(dataset), dataset.count - first)
          const indices = Uint32Array.from({ length: size }, (_, i) => first + i)
          yield await sheetOf({ run, dataset, indices, values, signal })
        }
      }
      if (write)
        await write(async (rows) => {
          for await (const sheet of sheets()) await rows({ columns: sheet.columns, rows: cellsOf(sheet) })
        })
      else await openOut(out, tableKinds)(joined(await allOf(sheets())))
      if (out !== undefined) terminal.out(`${out}\n`)
      return exitCodes.done
    },
  })

async function allOf(sheets: AsyncIterable<Sheet>): Promise<Sheet[]> {
  const all: Sheet[] = []
  for await (const sheet of sheets) all.push(sheet)
  return all
}

/** Sheets of the same columns, one below another. */
const joined = (sheets: readonly Sheet[]): Sheet => ({
  columns: sheets[0].columns,
  rows: joinedRows(sheets.map(({ rows }) => rows)),
})

/** The numbers of each line, as they are written: those of float32 with no more digits than tell them apart. */
function cellsOf({ columns, rows: { data } }: Sheet): Cell[][] {
  const asIs =
    data instanceof Float32Array ? (value: number) => Number(shortest(value)) : (value: number) => value
  return Array.from({ length: data.length / columns.length }, (_, row) =>
    Array.from(data.subarray(row * columns.length, (row + 1) * columns.length), asIs),
  )
}
