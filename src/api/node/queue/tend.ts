/** What people do with a queue, and what keeps it small. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Job, sendJob, unseenJobs } from './jobs.ts'
import { MODEL } from './kept-model.ts'
import { FAILURES } from './lease.ts'
import type { Queue } from './open-queue.ts'

/** Takes a job out of the queue, also from the worker that has it, which stops within seconds. */
export async function cancelJob(queue: Queue, { key, queue: name, id }: Job): Promise<void> {
  const rows = await queue.ask(
    `update betavae.job set cancelled = true, claim = null, changed = now()
     where key = $1 and outcome is null returning key`,
    [key],
  )
  if (rows.length > 0) await queue.lasting(() => queue.boss.deleteJob(name, id))
}

/** Puts a job that failed or was cancelled back, and it goes on from where it was; one that is finished is trained anew. */
export async function retryJob(queue: Queue, job: Job): Promise<void> {
  if (job.state === 'waiting' || job.state === 'running') return
  // Nobody makes a model again: it is put there anew by whoever next asks for what it makes.
  if (job.kind === MODEL) {
    await queue.ask('update betavae.job set snapshot = null, taken = null, changed = now() where key = $1', [
      job.key,
    ])
    return
  }
  await queue.lasting(() => queue.boss.deleteJob(job.queue, job.id))
  await queue.ask(
    `update betavae.job set cancelled = false, error = null, failures = 0, deaths = 0, claim = null,
       snapshot = case when outcome is null then snapshot end, outcome = null, taken = null, changed = now()
     where key = $1`,
    [job.key],
  )
  await sendJob(queue, job)
}

/** Lets no job be taken until the queue is resumed; those that run go on. */
export async function pauseQueue({ ask }: Queue): Promise<void> {
  await ask('insert into betavae.pause select now() where not exists (select from betavae.pause)')
}

export async function resumeQueue({ ask }: Queue): Promise<void> {
  await ask('delete from betavae.pause')
}

/** Since when a queue is paused; undefined where it is not. */
export async function pausedSince({ ask }: Queue): Promise<Date | undefined> {
  const [row] = await ask('select since from betavae.pause limit 1')
  return row?.since as Date | undefined
}

/** What a job came to lies in its sweep's folder: its files in the queue may go. */
export async function takenJob({ ask }: Queue, key: string): Promise<void> {
  await ask('update betavae.job set taken = coalesce(taken, now()) where key = $1', [key])
}

/** What was taken is kept so long for another sweep that asks for the same; what nobody took, so long. */
const KEPT_SECONDS = 86_400
const LEFT_SECONDS = 30 * KEPT_SECONDS

/** Removes jobs that were taken, and those at rest that nobody cared for, with all that they have left; tells how many. */
export async function cleanQueue(
  { ask }: Queue,
  { kept = KEPT_SECONDS, left = LEFT_SECONDS }: { readonly kept?: number; readonly left?: number } = {},
): Promise<number> {
  const stores = await ask('select distinct store from betavae.job where store is not null')
  // A folder that this machine does not see is left to one that does.
  const unseen = stores.map(({ store }) => store as string).filter((store) => !existsSync(store))
  // In one statement: a job that is asked for again in between stays.
  const gone = (await ask(
    `delete from betavae.job where (store is null or store <> all($3)) and (taken <= now() - $1 * interval '1 s'
       or changed <= now() - $2 * interval '1 s' and (outcome is not null or cancelled or failures >= ${FAILURES}))
     returning key, store`,
    [kept, left, unseen],
  )) as { key: string; store: string | null }[]
  for (const { key, store } of gone)
    if (store !== null && KEY.test(key)) await rm(join(store, key), { recursive: true, force: true })
  return gone.length
}

/** What a key looks like, which is a folder's name, too. */
const KEY = /^[0-9a-f]{64}$/

/** Between two times that somebody who has a queue open looks after it. */
const TENDING_MS = 60_000

/** Looks after a queue now and every minute: cleans it, and lets workers see what they should. */
export function tendQueue(queue: Queue): Disposable {
  const tend = async () => {
    await cleanQueue(queue)
    for (const job of await unseenJobs(queue)) await sendJob(queue, job)
  }
  // Whoever is next does what this one could not.
  const look = () => void tend().catch(() => undefined)
  look()
  const timer = setInterval(look, TENDING_MS)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
