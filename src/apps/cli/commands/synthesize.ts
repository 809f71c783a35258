import {
  broughtBy,
  checkedTarget,
  fidelityOfRows,
  fidelityRows,
  madeLike,
  type OutputTarget,
  openTableRun,
  type Part,
  registered,
  samplers,
  unsaidLines,
  wholeTable,
  withGapWords,
  writtenTypes,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { type OptionSpec, oneOf, text, toggle, whole, withFallback } from '../options.ts'
import { checkedOutput, outputOptions } from '../tables/output.ts'
import { separator } from '../tables/reading.ts'
import { aligned } from '../terminal/table.ts'

/** Whether rows are written as text, which has words for gaps; what has types has gaps of its own. */
const isText = ({ out, into }: OutputTarget): boolean =>
  into === undefined && (out === undefined || /\.(?:csv|tsv)$/i.test(out))

/** Where codes come from. */
const fromAmong = (parts: readonly Part[]): OptionSpec<string> =>
  oneOf(
    '<name>',
    'where codes come from (default: gmm)',
    registered('sampler', samplers, broughtBy(parts)).map(({ name }) => name),
  )
const from = { ...fromAmong([]), among: fromAmong }

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    rows: withFallback(whole('how many rows', 1, 1000), 1000),
    ...outputOptions,
    separator: {
      argument: '<character>',
      description: 'of .csv and stdout: what stands between cells (default: as in the table of the run)',
      read: separator.read,
    },
    from,
    seed: withFallback(whole('decides the draws', 0, 1), 0),
    target: text('<column>', 'column that is learned from synthetic rows and tested on real ones'),
    json: toggle('print how like the real rows they are, as one JSON document; wants --out or --into'),
    'no-report': toggle('do not compare them with the real rows'),
  },
  examples: [
    ['runs/penguins-1 --rows 1000 --out new.csv', 'new rows, and how like the real ones they are'],
    ['runs/penguins-1 --rows 1000 --target Species --out new.csv', 'also: what they teach about a column'],
  ],
  async run({ args: [path], values, parts, terminal, signal }) {
    const { rows: count, out, into, append, separator, from, seed, target, json } = values
    const isInside = json && out === undefined && into === undefined
    const writing = await checkedOutput({ out, into, append, separator }, terminal)
    using run = await openTableRun(path, { parts })
    if (target !== undefined) checkedTarget(run.table.columns, target)
    const made = await run.table.synthesize(count, { from, seed, signal })
    const whole = wholeTable(run.table.schema, made, seed)
    if (!isInside) {
      const like = await run.origin()
      const known = whole.columns.map((name) => like?.types?.[like.columns.indexOf(name)])
      const types = writtenTypes(run.table.schema, whole.columns, known)
      const written = isText({ out, into }) ? withGapWords(run.table.schema, whole) : whole
      await writing((write) => write(like ? madeLike(like, written, types) : { ...written, types }))
    }
    if (values['no-report']) return exitCodes.done
    const report = await fidelityOfRows(run, made, { target, signal })
    if (json) terminal.out(`${JSON.stringify(isInside ? { ...report, table: whole } : report)}\n`)
    else {
      const lines = fidelityRows(report).map(({ name, value, real, detail }) => [
        name,
        value.toFixed(3),
        real?.toFixed(3) ?? '',
        detail,
      ])
      for (const line of aligned([['', 'synthetic', 'real', ''], ...lines], 'lrrl')) terminal.say(line)
      for (const line of unsaidLines(report)) terminal.say(line)
    }
    return exitCodes.done
  },
})
