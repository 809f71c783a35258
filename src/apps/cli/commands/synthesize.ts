import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  BetavaeError,
  broughtBy,
  checkedTarget,
  type Drawn,
  type FidelityReport,
  fidelityOfRows,
  fidelityRows,
  fidelityWithPage,
  madeLike,
  type OpenedTableRun,
  type OutputTarget,
  openTableRun,
  type Part,
  registered,
  samplers,
  unsaidLines,
  wholeTable,
  withGapWords,
  writeWhole,
  writtenTypes,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { type OptionSpec, oneOf, text, toggle, wholeNumber, withFallback } from '../options.ts'
import { checkedOutput, outputOptions, targetOf } from '../tables/output.ts'
import { separator } from '../tables/reading.ts'
import { trainFirst } from '../tables/train-first.ts'
import { aligned } from '../terminal/table.ts'
import { typedAgain } from '../words.ts'

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
  arguments: [{ name: 'run', description: 'folder of a run, or a table, on which one is trained first' }],
  options: {
    rows: withFallback(wholeNumber('how many rows, of series each', 1, 1000), 1000),
    series: wholeNumber('how many series, of a run with an --order and a --group (default: 1)', 1, 10),
    ...outputOptions,
    separator: {
      argument: '<character>',
      description: 'of .csv and stdout: what stands between cells (default: as in the table of the run)',
      read: separator.read,
    },
    from,
    where: text('<conditions>', 'conditions that every row meets: species=Adelie,mass>4000'),
    rule: {
      ...text('<rule>', 'a rule that every row keeps: "end >= start", "a + b = c"; may be given again'),
      repeats: true,
    },
    unique: text('<name,…>', 'columns that have no value twice'),
    'no-rules': toggle('do not keep the rules that training found in the table'),
    identifiers: withFallback(oneOf('<what>', 'columns that name rows', ['empty', 'new']), 'empty'),
    seed: withFallback(wholeNumber('decides the draws', 0, 1), 0),
    target: text('<column>', 'column that is learned from synthetic rows and tested on real ones'),
    html: text('<file>', 'write a page about how like the real rows they are, and what they give away'),
    json: toggle('print how like the real rows they are, as one JSON document; wants --out or --into'),
    'no-report': toggle('do not compare them with the real rows'),
  },
  examples: [
    ['runs/penguins-1 --rows 1000 --out new.csv', 'new rows, and how like the real ones they are'],
    ['runs/penguins-1 --rows 1000 --out new.csv --html new.html', 'with a page about how like they are'],
    ['penguins.csv --rows 1000 --out new.csv', 'trains on the table first'],
    ['runs/penguins-1 --where "Species=Adelie,Body Mass (g)>4000" --out heavy.csv', 'heavy Adelies alone'],
    [
      'runs/flows-1 --series 3 --rows 500 --out new.csv',
      'three series of 500 rows each, of a run with an order',
    ],
    ['runs/penguins-1 --rows 1000 --target Species --out new.csv', 'also: what they teach about a column'],
  ],
  async run({ args: [source], values, typed, parts, terminal, signal }) {
    const { rows: count, series, out, into, separator, from, seed, target, json } = values
    if (values['no-report'] && values.html !== undefined) refuseNoReport(values.html)
    const isInside = json && out === undefined && into === undefined
    const writing = await checkedOutput(targetOf(values, separator), terminal)
    const path = isRun(source) ? source : await trainedOn(source, { parts, terminal, signal })
    if (path === undefined) return exitCodes.interrupted
    using run = await openTableRun(path, { parts })
    if (target !== undefined) checkedTarget(run.table.columns, target)
    const made = await run.table.synthesize(count, { ...askedOf(values), series, from, seed, signal })
    const whole = wholeTable(run.table.schema, made, { seed, identifiers: values.identifiers })
    if (!isInside) {
      const like = await run.origin()
      const known = whole.columns.map((name) => like?.types?.[like.columns.indexOf(name)])
      const types = writtenTypes(run.table.schema, whole.columns, known)
      const written = isText({ out, into }) ? withGapWords(run.table.schema, whole) : whole
      await writing((write) => write(like ? madeLike(like, written, types) : { ...written, types }))
    }
    if (!json) for (const line of drawnLines(made.drawn)) terminal.say(line)
    if (values['no-report']) return exitCodes.done
    // Of a table the run that was trained on it gives the same rows, without another training.
    const command = typedAgain(typed.map((word) => (word === source ? path : word)))
    const report = await reported(run, made, values, { path, command, signal })
    const { drawn, ...table } = { drawn: made.drawn, columns: whole.columns, rows: whole.rows }
    if (json)
      terminal.out(`${JSON.stringify(isInside ? { ...report, drawn, table } : { ...report, drawn })}\n`)
    else {
      const lines = fidelityRows(report).map(({ name, value, real, detail }) => [
        name,
        value.toFixed(3),
        real?.toFixed(3) ?? '',
        detail,
      ])
      for (const line of aligned([['', 'synthetic', 'real', ''], ...lines], 'wrrw', terminal.errWidth()))
        terminal.say(line)
      for (const line of unsaidLines(report)) terminal.say(line)
      if (values.html !== undefined) terminal.say(values.html)
    }
    return exitCodes.done
  },
})

/** The page is the comparison that was not to be made. */
function refuseNoReport(html: string): never {
  throw new BetavaeError({
    code: 'cli/no-report',
    seen: `--html ${html} beside --no-report`,
    wanted: 'one of the two: the page is of how the rows compare with the real ones',
    fix: 'drop --no-report, or --html',
    usage: true,
  })
}

interface Reporting {
  readonly html?: string
  readonly target?: string
}

/** How like the real rows they are; with a page about it where one is asked for. */
async function reported(
  run: OpenedTableRun,
  made: Awaited<ReturnType<OpenedTableRun['table']['synthesize']>>,
  values: Reporting,
  {
    path,
    command,
    signal,
  }: { readonly path: string; readonly command: string; readonly signal: AbortSignal },
): Promise<FidelityReport> {
  const { html, target } = values
  if (html === undefined) return fidelityOfRows(run, made, { target, signal })
  const said = {
    title: run.run.trained.data.name,
    run: path,
    rules: made.drawn?.rules.map(({ text }) => text) ?? [],
    command,
  }
  const { report, page } = await fidelityWithPage(run, made, said, { target, signal })
  await writeWhole(html, page)
  return report
}

/** Whether a place is the folder of a run; else it is a table. */
const isRun = (place: string): boolean => existsSync(join(place, 'recipe.json'))

const trainedOn = (source: string, context: Parameters<typeof trainFirst>[1]) =>
  trainFirst({ data: { source }, training: { for: 'rows' } }, context)

interface Asked {
  readonly where?: string
  readonly rule?: readonly string[]
  readonly unique?: string
  readonly 'no-rules': boolean
}

const askedOf = ({ where, rule, unique, 'no-rules': none }: Asked) => ({
  ...(where !== undefined && { where }),
  ...(rule && { rules: rule }),
  ...(unique !== undefined && { unique: unique.split(',') }),
  learned: !none,
})

/** What was held to, and how many of the rows drawn were taken. */
function drawnLines(drawn: Drawn | undefined): string[] {
  if (!drawn) return []
  const share = (rows: number) => `${((100 * rows) / drawn.rows).toFixed(1)}%`
  return [
    `kept in all rows: ${drawn.rules.map(({ text, broken }) => (broken > 0 ? `${text} (${share(broken)} of rows drawn anew)` : text)).join('; ')}`,
    `${share(drawn.kept)} of the rows drawn were taken`,
  ]
}
