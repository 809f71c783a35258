import { modelDigest, openTableRun } from '../../../inside.node.ts'
import type { Values } from '../options.ts'
import { fill } from '../tables/fill.ts'
import { type reading, readingOf } from '../tables/reading.ts'
import { sayUnread, tableWatch } from '../tables/unread.ts'
import type { OpenPartWorker } from './part-worker.ts'

type ImputeValues = Values<typeof reading> & {
  readonly draws?: number
  readonly unseen?: 'error' | 'missing'
}

/** `impute` with a run. */
export const openFilling: OpenPartWorker = async (path, asked, parts) => {
  const { draws, unseen, ...values } = asked as ImputeValues
  const run = await openTableRun(path, { unseen, parts })
  return {
    model: await modelDigest(run.run),
    make: (source, writing, { terminal, signal }) =>
      writing(async (write) => {
        const watch = tableWatch(terminal.say)
        const stream = await run.open(source, { ...readingOf(values), keepsWhole: true })
        await fill(run, stream, { draws, signal, watch }, [write])
        sayUnread(watch.counts(), terminal)
      }),
    [Symbol.dispose]: () => run[Symbol.dispose](),
  }
}
