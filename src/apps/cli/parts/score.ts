import { modelDigest, openRun, openTableRun } from '../../../inside.node.ts'
import { nats } from '../model/nats.ts'
import type { Values } from '../options.ts'
import { type reading, readingOf } from '../tables/reading.ts'
import { scoreTable, usualScores } from '../tables/score.ts'
import { table } from '../tables/score-command.ts'
import { sayUnread, tableWatch } from '../tables/unread.ts'
import type { OpenPartWorker } from './part-worker.ts'
import { perRowWorker } from './per-row.ts'

type ScoreValues = Values<typeof reading> & {
  readonly draws?: number
  readonly unseen?: 'error' | 'missing'
  readonly 'false-alarm'?: number
  readonly contamination?: number
}

const plain = perRowWorker(nats)

/** `score` of a run that was trained on a table, or on plain numbers. */
export const openScoring: OpenPartWorker = async (path, asked, parts) => {
  const { recipe } = await openRun(path)
  if (recipe.data.table === undefined) return plain(path, asked, parts)
  const { draws, unseen, 'false-alarm': falseAlarm, contamination, ...values } = asked as ScoreValues
  const run = await openTableRun(path, { draws, unseen, parts })
  const usual = await usualScores(run, { falseAlarm, contamination })
  return {
    model: await modelDigest(run.run),
    make: (source, writing, { terminal, signal }) =>
      writing(async (write) => {
        const watch = tableWatch(terminal.say)
        const { causes, rows } = table(write)
        const scored = { source, causes, signal, watch, reading: readingOf(values) }
        await scoreTable(run, usual, scored, rows)
        sayUnread(watch.counts(), terminal)
      }),
    [Symbol.dispose]: () => run[Symbol.dispose](),
  }
}
