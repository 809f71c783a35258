import {
  commandLine,
  type Drift,
  type TableDrift,
  type TableDriftOptions,
  tableDrift,
  tableDriftPage,
  withoutPassword,
  writeWhole,
} from '../../../inside.node.ts'
import { type Call, defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, number, text } from '../options.ts'
import { columnKind, columnMissing, kindsOf, missingIn } from '../tables/kinds.ts'
import { reading, readingOf } from '../tables/reading.ts'
import { sayUnread, unseen } from '../tables/unread.ts'
import { measured, printRecords } from '../terminal/records.ts'
import { typedAgain, typedAmong } from '../words.ts'

const options = {
  exclude: text('<name,…>', 'columns that are left out'),
  kind: columnKind,
  missing: columnMissing,
  unseen,
  ...reading,
  'old-query': text('<sql>', 'the query of the old table (default: that of the new one; a run has its own)'),
  rate: number('<share>', 'of the columns named, those named falsely, on average (default: 0.05)', {
    exclusiveMinimum: 0,
    exclusiveMaximum: 1,
    example: '0.01',
  }),
  html: text('<file>', 'write a page about it: which columns moved, and how'),
  json,
}

export const command = defineCommand({
  arguments: [
    { name: 'old', description: 'a table; or a run, for the table it was trained on and its model' },
    {
      name: 'new',
      description: 'the table that may have moved: .csv, .jsonl, .parquet, .arrow, or - for stdin',
    },
  ],
  options,
  examples: [
    ['march.csv april.csv', 'which columns are not distributed as before'],
    ['runs/march-1 april.csv', 'also: whether the model of a run finds the new rows as usual as the old'],
    ['march.csv april.csv --html drift.html', 'the same as a page, with pictures'],
    ['march.csv april.csv > drift.csv', 'for a program: distances, p-values, shares of gaps, as CSV'],
    ['march.csv april.csv --rate 0.01 --json', 'the same as JSON, with the scores of a run'],
  ],
  async run({ args, values, typed, parts, terminal, signal }) {
    const { exclude, kind = [], missing = [], rate = 0.05, json, 'old-query': oldQuery } = values
    const asked = { kinds: kindsOf(kind), missing: missingIn(missing), reading: readingOf(values) }
    const asking = {
      oldQuery,
      exclude: exclude?.split(','),
      ...asked,
      level: rate,
      signal,
      parts,
      unseen: values.unseen,
    }
    const drift = await told({ args, values, typed }, asking)
    if (json) {
      terminal.out(`${JSON.stringify(drift)}\n`)
      return exitCodes.done
    }
    const { columns, scores, rows, unread, notes } = drift
    await printRecords(
      terminal,
      () => ({ rows: [HEAD, ...columns.map(rowOf)], sides: 'lkrrrr' }),
      () => ({ columns: FIELDS, rows: columns.map(fieldsOf) }),
    )
    const moved = columns.filter(({ drifted }) => drifted).length
    terminal.say(
      `${moved} of ${columns.length} columns moved from ${rows.reference} rows to ${rows.current} (Benjamini–Hochberg, ${100 * rate}%)`,
    )
    if (scores)
      terminal.say(
        `rows as a whole: scores ${scores.drifted ? 'moved' : 'as before'}, distance ${scores.distance.toFixed(3)}, p ${short(scores.pValue)}`,
      )
    for (const note of notes) terminal.say(note)
    sayUnread(unread, terminal)
    for (const line of addedLines(drift)) terminal.say(line)
    if (values.html !== undefined) terminal.say(values.html)
    return exitCodes.done
  },
})

const addedLines = ({ added }: TableDrift): string[] =>
  added.length > 0 ? [`not compared, for the old table has them not: ${added.join(', ')}`] : []

/** Options of training, too: what is said of how a table is read, and of its columns. */
const TRAINED_WITH = ['exclude', 'kind', 'missing', ...Object.keys(reading)]

/** What moved; with a page about it where one is asked for. */
async function told(
  { values: { html }, typed, args: [old, fresh] }: Pick<Call<typeof options>, 'args' | 'values' | 'typed'>,
  asking: TableDriftOptions,
): Promise<TableDrift> {
  if (html === undefined) return tableDrift(old, fresh, asking)
  const { drift, page } = await tableDriftPage(old, fresh, {
    ...asking,
    command: typedAgain(typed),
    again: commandLine('train', withoutPassword(fresh), ...typedAmong(typed, TRAINED_WITH)),
    remarksOf: (found) => [...found.notes, ...addedLines(found)],
  })
  await writeWhole(html, page)
  return drift
}

const HEAD = ['column', '', 'distance', 'p', 'adjusted', 'missing']

const rowOf = ({
  column,
  drifted,
  distance,
  pValue,
  adjusted,
  missing,
}: Drift['columns'][number]): string[] => [
  column,
  drifted ? 'moved' : '',
  distance.toFixed(3),
  short(pValue),
  short(adjusted),
  missing.reference + missing.current === 0
    ? ''
    : `${percent(missing.reference)} → ${percent(missing.current)}`,
]

const FIELDS = ['column', 'drifted', 'distance', 'pValue', 'adjusted', 'missing.reference', 'missing.current']

const fieldsOf = ({
  column,
  drifted,
  distance,
  pValue,
  adjusted,
  missing,
}: Drift['columns'][number]): unknown[] => [
  column,
  drifted,
  ...[distance, pValue, adjusted, missing.reference, missing.current].map(measured),
]

const short = (p: number): string => (p < 1e-4 ? p.toExponential(1) : p.toPrecision(2))
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`
