/** Models that workers on other machines take out of the queue. */
import { createHash, randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { version } from '../../../export/version.ts'
import { LOOK_MS } from './lease.ts'
import { type Queue, queueName } from './open-queue.ts'
import { saveSnapshot } from './snapshots.ts'

/** The same model has the same key, whatever its run is called. */
export const modelKey = (sha256: string): string =>
  createHash('sha256').update(`model ${version} ${sha256}`).digest('hex')

/** What of a run is no part of its model. */
const LEFT = ['checkpoints', 'events.jsonl', '.lock']

/** The kind of such a job. */
export const MODEL = 'model'

/** Whoever else is putting the same model there has so long. */
const PATIENCE_MS = 60_000

/** Keeps the model of a run, where the queue does not have it: as a job that is done, whose files it is. */
export async function keepModel(queue: Queue, run: string, sha256: string): Promise<void> {
  const key = modelKey(sha256)
  await queue.ask(
    `insert into betavae.job (key, id, queue, version, kind, name, task, steps, step, claim, outcome)
     values ($1, $2, $3, $4, '${MODEL}', $5, $6, 1, 1, $2, $7) on conflict (key) do update set changed = now()`,
    [
      ...[key, randomUUID(), queueName(), version, basename(run)],
      ...[
        JSON.stringify({ kind: MODEL, task: { name: basename(run) } }),
        JSON.stringify({ written: { rows: 0, sha256 } }),
      ],
    ],
  )
  // Of two who put the same there, the one that claimed it last does, and the other waits.
  while (await isAwaited(queue, key)) {
    const claim = randomUUID()
    await queue.ask('update betavae.job set claim = $2 where key = $1 and snapshot is null', [key, claim])
    if (await put(queue, { key, claim }, run)) return
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until && (await isAwaited(queue, key))) await sleep(LOOK_MS)
  }
}

/** Whether its files are still to come. */
const isAwaited = async (queue: Queue, key: string): Promise<boolean> =>
  (await queue.ask('select from betavae.job where key = $1 and snapshot is null', [key])).length > 0

async function put(queue: Queue, of: { readonly key: string; readonly claim: string }, run: string) {
  const copy = await mkdtemp(join(tmpdir(), 'betavae-kept-'))
  try {
    await cp(run, copy, {
      recursive: true,
      filter: (path) => !LEFT.includes(relative(run, path)) && !path.endsWith('.partial'),
    })
    return await saveSnapshot(queue, of, copy)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}
