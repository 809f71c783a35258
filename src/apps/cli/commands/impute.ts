import {
  BetavaeError,
  filledRows,
  type OpenedTableRun,
  openTableRun,
  type RecipeDraft,
  type TableStream,
  trainRun,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { text, whole } from '../options.ts'
import { cellLine } from '../tables/csv.ts'
import {
  type ColumnKindChoice,
  columnKind,
  columnMissing,
  kindsOf,
  type MissingChoice,
  missingIn,
} from '../tables/kinds.ts'
import { type WriteText, writingTo } from '../tables/lines.ts'
import { reading, readingOf } from '../tables/reading.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { follow } from '../training/follow.ts'
import { sayLeftOut } from '../training/left-out.ts'

export const command = defineCommand({
  arguments: [{ name: 'data', description: 'a table with gaps: .csv, .jsonl, .parquet or .arrow' }],
  options: {
    out: text('<file>', 'where to write the filled table, as .csv (default: stdout)'),
    run: text('<run>', 'run to fill with (default: one is trained on this table first)'),
    exclude: text('<name,…>', 'columns that the model is trained without'),
    kind: columnKind,
    missing: columnMissing,
    draws: whole('draws of the code that a gap’s mean is weighed over (default: 64)', 1, 64),
    ...reading,
    samples: whole('instead of means, as many tables with draws: out.1.csv, out.2.csv, …', 1, 5),
  },
  examples: [
    ['penguins.csv --out filled.csv', 'trains on the table, then fills each gap with its mean'],
    ['new.csv --run runs/penguins-1 --out filled.csv', 'with a model that is there'],
    [
      'penguins.csv --samples 5 --out filled.csv',
      'five tables, whose differences show how sure the gaps are',
    ],
  ],
  async run({ args: [source], values, parts, terminal, signal }) {
    const { out, run: path, draws, samples } = values
    if (samples !== undefined && out === undefined) refuseStdout(samples)
    if (path !== undefined) refuseColumns(path, values)
    const said = readingOf(values)
    const place = path ?? (await trainedOn({ ...dataOf(source, values), ...said }, terminal, signal))
    if (place === undefined) return exitCodes.interrupted
    using run = await openTableRun(place, { parts })
    const stream = await run.open(source, said)
    const options = { draws, samples, signal }
    if (samples === undefined) await writingTo(out, terminal, (write) => fill(run, stream, options, [write]))
    else await intoFiles(out as string, samples, terminal, (writers) => fill(run, stream, options, writers))
    return exitCodes.done
  },
})

/** A run knows its columns. */
function refuseColumns(run: string, { exclude, kind, missing }: GivenColumns): void {
  const [flag] = Object.entries({ exclude, kind, missing }).find(([, value]) => value !== undefined) ?? []
  if (flag !== undefined)
    throw new BetavaeError({
      code: 'cli/run-columns',
      seen: `--${flag} beside --run ${run}, whose columns are known`,
      wanted: 'one of the two',
      fix: `drop --${flag}, or train a run with it`,
      usage: true,
    })
}

function refuseStdout(samples: number): never {
  throw new BetavaeError({
    code: 'cli/no-out',
    seen: `--samples ${samples} without --out`,
    wanted: '--out, after which the tables are named',
    fix: 'add for example --out filled.csv',
    usage: true,
  })
}

interface GivenColumns {
  readonly run?: string
  readonly exclude?: string
  readonly kind?: readonly ColumnKindChoice[]
  readonly missing?: readonly MissingChoice[]
}

/** The table and what is said of its columns. */
function dataOf(source: string, { exclude, kind, missing }: GivenColumns): RecipeDraft['data'] {
  return {
    source,
    ...(exclude === undefined ? {} : { exclude: exclude.split(',') }),
    ...(kind === undefined ? {} : { kinds: kindsOf(kind) }),
    ...(missing === undefined ? {} : { missing: missingIn(missing) }),
  }
}

/** A run on the table itself; undefined where its training was interrupted. */
async function trainedOn(
  data: RecipeDraft['data'],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<string | undefined> {
  let path = ''
  const training = trainRun(
    { data: { ...data, validation: 0, test: 0 } },
    {
      signal,
      onDirectory(directory) {
        path = directory.path
        terminal.say(`run ${path}`)
        sayLeftOut(directory, terminal)
      },
    },
  )
  const code = await follow(training, { terminal, json: false, report: false })
  return code === exitCodes.done ? path : undefined
}

/** Opens a file for each table, one inside the other, so that all appear or none. */
async function intoFiles(
  out: string,
  count: number,
  terminal: Terminal,
  work: (writers: readonly WriteText[]) => Promise<void>,
  writers: readonly WriteText[] = [],
): Promise<void> {
  if (writers.length === count) return work(writers)
  const name = out.replace(/(\.[^./\\]*)?$/, (ending) => `.${writers.length + 1}${ending}`)
  await writingTo(name, terminal, (write) => intoFiles(out, count, terminal, work, [...writers, write]))
}

interface Filling {
  readonly draws?: number
  readonly samples?: number
  readonly signal: AbortSignal
}

/** Writes the table with its gaps filled: to one writer their means, to several a draw each. */
async function fill(
  { table }: OpenedTableRun,
  stream: TableStream,
  options: Filling,
  writers: readonly WriteText[],
): Promise<void> {
  let isFirst = true
  for await (const chunk of stream.chunks()) {
    const found = await table.impute(chunk, options)
    const tables = options.samples === undefined ? [found.rows] : found.samples
    for (const [at, write] of writers.entries()) {
      if (isFirst) await write(`${cellLine(chunk.columns)}\n`)
      await write(
        filledRows(chunk, { schema: table.schema, columns: table.columns, rows: tables[at] })
          .map((row) => `${cellLine(row)}\n`)
          .join(''),
      )
    }
    isFirst = false
  }
}
