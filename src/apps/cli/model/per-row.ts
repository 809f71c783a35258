import {
  blockOf,
  type Cell,
  type Dataset,
  datasetDigest,
  joinedRows,
  modelDigest,
  type OpenedRun,
  openRunModel,
  rowsInChunk,
  shardPart,
  shortest,
  writeNpy,
} from '../../../inside.node.ts'
import { type Command, defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { type OptionTable, text, type Values } from '../options.ts'
import { askedOf, shardOption } from '../shards/option.ts'
import { checkedOutput, outputOptions, targetOf, toPart, type Writing } from '../tables/output.ts'
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
  shard: shardOption('rows'),
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
  name,
  together,
  options,
  examples,
  sheetOf,
  order,
}: Pick<Command<Own>, 'options' | 'examples'> & {
  readonly name: string
  /** Rows that pass through the engine together: what comes of a row may depend on them in its last bits. */
  readonly together: number
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
      const { out, into, label, shard } = given
      const isArray = out?.toLowerCase().endsWith('.npy') === true && into === undefined
      const part = shard && shardPart(targetOf(given), shard, ['npy'])
      const write =
        part || isArray
          ? undefined
          : await checkedOutput(targetOf(given), terminal, { others: ['npy'], order })
      using run = await openRunModel(path, { parts })
      const dataset = await openDataFor(run.trained, source, { label, ...readingOf(given) })
      const unit = Math.min(together, rowsInChunk(dataset))
      const rows = shard ? blockOf(dataset.count, shard, unit) : { first: 0, count: dataset.count }
      // Part by part, since the data may be larger than memory.
      async function* sheets(): AsyncGenerator<Sheet> {
        const most = rowsInChunk(dataset) - (rowsInChunk(dataset) % unit)
        const end = rows.first + rows.count
        for (let first = rows.first; first < end; first += most) {
          const indices = Uint32Array.from({ length: Math.min(most, end - first) }, (_, i) => first + i)
          yield await sheetOf({ run, dataset, indices, values, signal })
        }
      }
      if (part) {
        const about = { command: name, options: askedOf(values), data: await datasetDigest(dataset) }
        const job = { ...about, model: await modelDigest(run) }
        if (isArray) await part.array(job, rows, arrayOf(await allOf(sheets())))
        else await writeSheets(toPart(part, job, rows, terminal), sheets())
      } else if (write) await writeSheets(write, sheets())
      else await openOut(out, tableKinds)(joined(await allOf(sheets())))
      if (out !== undefined) terminal.out(`${part?.path ?? out}\n`)
      return exitCodes.done
    },
  })

const writeSheets = (write: Writing, sheets: AsyncIterable<Sheet>): Promise<void> =>
  write(async (rows) => {
    for await (const sheet of sheets) await rows({ columns: sheet.columns, rows: cellsOf(sheet) })
  })

/** Of a shard without rows nothing. */
const arrayOf = (sheets: readonly Sheet[]): Uint8Array =>
  sheets.length === 0 ? new Uint8Array() : writeNpy(joined(sheets).rows)

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
