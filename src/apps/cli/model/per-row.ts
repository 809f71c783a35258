import {
  blockOf,
  datasetDigest,
  joinedRows,
  modelDigest,
  openRunModel,
  rowsInChunk,
  shardPart,
  writeNpy,
} from '../../../inside.node.ts'
import { type Command, defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { type OptionTable, text, type Values } from '../options.ts'
import { askedOf, shardOption } from '../shards/option.ts'
import { checkedOutput, outputOptions, targetOf, toPart } from '../tables/output.ts'
import { reading, readingOf } from '../tables/reading.ts'
import type { Order } from '../tables/shown-rows.ts'
import { dataArgument, runArgument } from './arguments.ts'
import { openDataFor } from './data.ts'
import { openOut, type Sheet, tableKinds } from './sheet.ts'
import { type PerRow, sheetsOf, writeSheets } from './sheets-of-rows.ts'

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

/** A command that gives a line for every row of some data: to `--out` or `--into`, else to stdout as CSV. */
export const perRowCommand = <Own extends OptionTable>({
  name,
  together,
  options,
  examples,
  sheetOf,
  order,
}: Pick<Command<Own>, 'options' | 'examples'> &
  PerRow<Values<Own>> & {
    readonly name: string
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
      const sheets = () => sheetsOf({ together, sheetOf }, { run, dataset, values, signal }, rows)
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
