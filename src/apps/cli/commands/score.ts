import { openRun } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { dataArgument } from '../model/arguments.ts'
import { nats } from '../model/nats.ts'
import { perRowCommand } from '../model/per-row.ts'
import { json, number, text, wholeNumber } from '../options.ts'
import { isFolderOut, makeFolderOf, partOptions } from '../parts/folder.ts'
import { askedOf } from '../shards/option.ts'
import { targetOf } from '../tables/output.ts'
import { readingOf } from '../tables/reading.ts'
import { scoreTableRows } from '../tables/score-command.ts'
import { unseen } from '../tables/unread.ts'

/** Rows of plain numbers or images. */
const plain = perRowCommand({
  name: 'score',
  ...nats,
  options: {
    draws: wholeNumber(
      'draws of the code, and of binarized pixels, that a row’s nats are averaged over',
      1,
      16,
    ),
  },
  examples: [],
  order: {
    words: 'least likely',
    rank: (columns, row) => {
      const at = columns.indexOf('elbo')
      return at < 0 ? Number(row[0]) : -Number(row[at])
    },
  },
})

export const command = defineCommand({
  arguments: [
    plain.arguments[0],
    { name: 'data', description: `${dataArgument.description}; of a table also - for what is piped in` },
  ],
  options: {
    ...plain.options,
    ...partOptions,
    draws: wholeNumber(
      'draws of the code that a row’s nats are averaged over (default: 16, of tables 4)',
      1,
      16,
    ),
    'false-alarm': number('<share>', 'tables: flag rows, no more than this share of normal ones', {
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      example: '0.01',
    }),
    contamination: number('<share>', 'tables: flag rows as unusual as this share of the training rows', {
      exclusiveMinimum: 0,
      maximum: 0.5,
      example: '0.05',
    }),
    top: wholeNumber('tables: only the most unusual rows, so many', 1, 10),
    unseen,
    state: text(
      '<file>',
      'rows piped in: a file that says how far they are, so that a killed scoring goes on, given the same rows, with --out scores.jsonl',
    ),
    html: text(
      '<file>',
      'tables: also a page: scores, the rows found with their odd cells, what causes them',
    ),
    json,
  },
  examples: [
    ['runs/mnist-1 mnist --out scores.csv', 'reconstruction, kl and elbo of each row, in nats'],
    ['runs/table-1 new.csv --top 10', 'the rows that fit least, and which column makes them so'],
    ['runs/table-1 new.csv --false-alarm 0.01', 'flagged rows; of normal ones at most 1%'],
    ['runs/table-1 new.csv --label label --json', 'ROC AUC beside that of other detectors'],
    ['runs/table-1 new.csv --html found.html', 'a page of the most unusual rows and their odd cells'],
    ['runs/table-1 -', 'rows piped in, scored one by one'],
    ['runs/table-1 - --state scores.state --out scores.jsonl', 'the same, which goes on after it was killed'],
    [
      'runs/table-1 new.csv --shard 3/7 --out scores.csv',
      'one part of seven; then: betavae merge scores.csv',
    ],
    ['runs/table-1 visits/ --out scores/', 'a folder of tables, each of which becomes one'],
    ['runs/table-1 visits/ --out scores/ --queue postgres://ann@host/jobs', 'the same by workers'],
  ],
  async run(call) {
    const { args, values, typed, parts, terminal, signal } = call
    const [path, source] = args
    if (await isFolderOut(source, values)) {
      const { label, top, json, html } = values
      return makeFolderOf('score', path, { ...call, source, beside: { label, top, json, html } })
    }
    const { recipe } = await openRun(path)
    if (recipe.data.table === undefined) return plain.run(call)
    const { 'false-alarm': falseAlarm, shard, queue: _, ...rest } = values
    const asked = {
      ...rest,
      ...targetOf(values),
      run: path,
      source,
      ...{ falseAlarm, typed },
      parts,
      reading: readingOf(values),
      ...(shard && { shard: { shard, options: askedOf(values) } }),
    }
    return scoreTableRows(asked, terminal, signal)
  },
})
