import { exampleReader, type NDArray, openRun, SCORED_AT_ONCE, type Scored } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { dataArgument } from '../model/arguments.ts'
import { perRowCommand } from '../model/per-row.ts'
import type { Sheet } from '../model/sheet.ts'
import { json, number, text, whole } from '../options.ts'
import { askedOf } from '../shards/option.ts'
import { targetOf } from '../tables/output.ts'
import { readingOf } from '../tables/reading.ts'
import { scoreTableRows } from '../tables/score-command.ts'
import { unseen } from '../tables/unread.ts'

/** Rows of plain numbers or images. */
const plain = perRowCommand({
  name: 'score',
  together: SCORED_AT_ONCE,
  options: {
    draws: whole('draws of the code, and of binarized pixels, that a row’s nats are averaged over', 1, 16),
  },
  examples: [],
  order: {
    words: 'least likely',
    rank: (columns, row) => {
      const at = columns.indexOf('elbo')
      return at < 0 ? Number(row[0]) : -Number(row[at])
    },
  },
  async sheetOf({ run: { model, trained }, dataset, indices, values: { draws = 16 }, signal }) {
    const { data, training } = trained.recipe
    const all = { dataset, indices, ownTest: false }
    const certain = !model.stochastic && data.binarize === 'none'
    return sheetOf(
      await averaged(certain ? 1 : draws, async (draw) => {
        const seed = training.seed + draw
        // Rows are binarized as in an evaluation, so that the nats mean the same.
        const rows = await exampleReader(data.binarize, seed).heldOut(all, indices)
        return model.score(rows, { seed, first: indices[0], signal })
      }),
    )
  },
})

export const command = defineCommand({
  arguments: [
    plain.arguments[0],
    { name: 'data', description: `${dataArgument.description}; of a table also - for what is piped in` },
  ],
  options: {
    ...plain.options,
    draws: whole('draws of the code that a row’s nats are averaged over (default: 16, of tables 4)', 1, 16),
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
    top: whole('tables: only the most unusual rows, so many', 1, 10),
    unseen,
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
    [
      'runs/table-1 new.csv --shard 3/7 --out scores.csv',
      'one part of seven; then: betavae merge scores.csv',
    ],
  ],
  async run(call) {
    const { args, values, typed, parts, terminal, signal } = call
    const [path, source] = args
    const { recipe } = await openRun(path)
    if (recipe.data.table === undefined) return plain.run(call)
    const { 'false-alarm': falseAlarm, shard, ...rest } = values
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

/** Scores averaged over draws, so that equal rows come to about equal nats. */
async function averaged(draws: number, score: (draw: number) => Promise<Scored>): Promise<Scored> {
  const mean = await score(0)
  for (let draw = 1; draw < draws; draw++) {
    const next = await score(draw)
    for (const part of ['reconstruction', 'kl', 'elbo'] as const)
      mean[part]?.forEach((nats, row, all) => {
        all[row] = nats + ((next[part] as Float64Array)[row] - nats) / (draw + 1)
      })
  }
  return mean
}

function sheetOf({ reconstruction, kl, elbo }: Scored): Sheet {
  const parts = Object.entries({ reconstruction, kl, elbo }).filter(([, values]) => values !== undefined)
  const data = new Float64Array(reconstruction.length * parts.length)
  parts.forEach(([, values], column) => {
    ;(values as Float64Array).forEach((value, row) => {
      data[row * parts.length + column] = value
    })
  })
  const rows: NDArray = { data, shape: [reconstruction.length, parts.length] }
  return { rows, columns: parts.map(([name]) => name) }
}
