/** Models that workers on other machines take out of the queue. */
import { createHash, randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { version } from '../../../export/version.ts'
import { type Queue, queueName } from './open-queue.ts'
import { saveSnapshot } from './snapshots.ts'

/** The same model has the same key, whatever its run is called. */
export const modelKey = (sha256: string): string =>
  createHash('sha256').update(`model ${version} ${sha256}`).digest('hex')

/** What of a run is no part of its model. */
const LEFT = ['checkpoints', 'events.jsonl', '.lock']

/** Keeps the model of a run, where the queue does not have it: as a job that is done, whose files it is. */
export async function keepModel(queue: Queue, run: string, sha256: string): Promise<void> {
  const key = modelKey(sha256)
  await queue.ask(
    `insert into betavae.job (key, id, queue, version, kind, name, task, steps, step, claim, outcome)
     values ($1, $2, $3, $4, 'model', $5, $6, 1, 1, $2, $7) on conflict (key) do update set changed = now()`,
    [
      ...[key, randomUUID(), queueName(), version, basename(run)],
      ...[JSON.stringify({ kind: 'model' }), JSON.stringify({ written: { rows: 0, sha256 } })],
    ],
  )
  const [kept] = await queue.ask('select claim, snapshot from betavae.job where key = $1', [key])
  if (kept.snapshot) return
  const copy = await mkdtemp(join(tmpdir(), 'betavae-kept-'))
  try {
    await cp(run, copy, {
      recursive: true,
      filter: (path) => !LEFT.includes(relative(run, path)) && !path.endsWith('.partial'),
    })
    await saveSnapshot(queue, { key, claim: String(kept.claim) }, copy)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}
