import { BetavaeError, blockOfTable, openTableRun, shardPart } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { number, text, wholeNumber } from '../options.ts'
import { isFolderOut, makeFolderOf, partOptions } from '../parts/folder.ts'
import { askedOf, refuseBeside, shardOption } from '../shards/option.ts'
import { shardOfTable } from '../shards/table.ts'
import { fill } from '../tables/fill.ts'
import { gapFillLines } from '../tables/gap-fills.ts'
import { columnKind, columnMissing } from '../tables/kinds.ts'
import {
  checkedOutput,
  numbered,
  outputOptions,
  targetOf,
  toPart,
  type WriteRows,
  type Writing,
} from '../tables/output.ts'
import { reading, readingOf } from '../tables/reading.ts'
import { type GivenColumns, tableData, trainFirst } from '../tables/train-first.ts'
import { sayUnread, tableWatch, unseen } from '../tables/unread.ts'

/** Rows ahead at most: what is missing is solved for at once. */
const MOST_AHEAD = 10_000

export const command = defineCommand({
  arguments: [
    { name: 'data', description: 'a table with gaps: .csv, .jsonl, .parquet, .arrow, or of a database' },
  ],
  options: {
    ...outputOptions,
    run: text('<run>', 'run to fill with (default: one is trained on this table first)'),
    exclude: text('<name,…>', 'columns that the model is trained without'),
    kind: columnKind,
    missing: columnMissing,
    draws: wholeNumber('draws of the code, where the model has a say in a gap (default: 64)', 1, 64),
    unseen,
    ...reading,
    shard: shardOption('rows, with --run'),
    ...partOptions,
    interval: number(
      '<share>',
      'beside each number that was filled, where it lies with this share: x.low, x.high',
      {
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        example: '0.9',
      },
    ),
    ahead: number('<n>', 'forecast: so many rows more at the end of each series, of a run with an --order', {
      whole: true,
      minimum: 1,
      maximum: MOST_AHEAD,
      example: '24',
    }),
    samples: wholeNumber('instead of means, as many tables with draws: out.1.csv, out.2.csv, …', 1, 5),
  },
  examples: [
    [
      'penguins.csv --out filled.csv',
      'trains on the table, says what fills each column best, and fills its gaps',
    ],
    ['new.csv --run runs/penguins-1 --out filled.csv', 'with a model that is there'],
    [
      'new.csv --run runs/penguins-1 --shard 3/7 --out filled.csv',
      'one part of seven; then: betavae merge filled.csv',
    ],
    ['visits/ --run runs/visits-1 --out filled/', 'a folder of tables, each of which becomes one'],
    ['postgres://ann@host/zoo#penguins --into postgres://ann@host/zoo#filled', 'from table to table'],
    [
      'penguins.csv --samples 5 --out filled.csv',
      'five tables, whose differences show how sure the gaps are',
    ],
    [
      'flows.csv --run runs/flows-1 --ahead 24 --interval 0.9 --out forecast.csv',
      'a series, its next 24 rows, and between which numbers each lies nine times in ten',
    ],
  ],
  async run(call) {
    const {
      args: [source],
      values,
      parts,
      terminal,
      signal,
    } = call
    const { out, into, run: path, draws, samples, interval, ahead, shard } = values
    if (shard) checkShard(values)
    if (samples !== undefined && out === undefined && into === undefined) refuseStdout(samples)
    if (path !== undefined) refuseColumns(path, values)
    if (ahead !== undefined && path === undefined) refuseUntrained(ahead)
    if (await isFolderOut(source, values))
      return makeFolderOf('impute', path ?? refuseNoRun('a folder'), {
        ...call,
        source,
        beside: { samples, interval, ahead },
      })
    const target = targetOf(values, values.separator)
    const part = shard && shardPart(target, shard)
    const targets =
      samples === undefined ? [target] : Array.from({ length: samples }, (_, at) => numbered(target, at + 1))
    const whole = part ? [] : await Promise.all(targets.map((each) => checkedOutput(each, terminal)))
    const said = readingOf(values)
    const data = { ...tableData(source, values), ...said, test: 0 }
    const place = path ?? (await trainFirst({ data, training: { for: 'gaps' } }, { parts, terminal, signal }))
    if (place === undefined) return exitCodes.interrupted
    using run = await openTableRun(place, { unseen: values.unseen, parts })
    // Rows and columns that the table does not have are not written as those were.
    const reading = { ...said, keepsWhole: interval === undefined && ahead === undefined }
    const table = { command: 'impute', source, reading }
    const found = shard && (await shardOfTable(run, table, { shard, options: askedOf(values) }, signal))
    const all = await run.open(source, reading)
    const stream = found ? blockOfTable(all, found.rows) : all
    const writings = part && found ? [toPart(part, found.job, found.rows, terminal)] : whole
    for (const line of gapFillLines(run.table.gapFills ?? [], terminal.errWidth())) terminal.say(line)
    // Of the table that it was just trained on, all else is said already.
    const isKnown = path === undefined
    const watch = tableWatch(isKnown ? () => undefined : terminal.say)
    await toAll(writings, (writers) =>
      fill(run, stream, { draws, samples, interval, ahead, signal, watch }, writers),
    )
    if (!isKnown) sayUnread(watch.counts(), terminal)
    if (part) terminal.say(part.path)
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

interface ForShards {
  readonly run?: string
  readonly samples?: number
  readonly interval?: number
  readonly ahead?: number
}

/** Shards fill by one model, which is there before them. */
function checkShard({ run, samples, interval, ahead }: ForShards): void {
  refuseBeside({ samples, interval, ahead })
  if (run === undefined) refuseNoRun('--shard')
}

function refuseNoRun(what: string): never {
  throw new BetavaeError({
    code: 'cli/shard-run',
    seen: `${what} without --run`,
    wanted: 'a run that all parts are filled with',
    fix: 'train one first, and name it: --run runs/table-1',
    usage: true,
  })
}

function refuseUntrained(ahead: number): never {
  throw new BetavaeError({
    code: 'cli/ahead-run',
    seen: `--ahead ${ahead} without --run`,
    wanted: 'a run that was trained with --order, which knows what comes after what',
    fix: 'train one first, and name it: --run runs/table-1',
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

/** Opens every output, one inside the other, so that all appear or none. */
const toAll = (
  [first, ...rest]: readonly Writing[],
  work: (writers: readonly WriteRows[]) => Promise<void>,
  writers: readonly WriteRows[] = [],
): Promise<void> =>
  first === undefined ? work(writers) : first((write) => toAll(rest, work, [...writers, write]))
