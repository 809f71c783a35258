/** What workers do with jobs; whatever is written holds only while a worker's claim does. */
import { randomUUID } from 'node:crypto'
import { engineNames } from '../../../engine/engine.ts'
import type { Job, Outcome, Work } from './jobs.ts'
import { DEATHS, FAILURES } from './lease.ts'
import { type Queue, queueName } from './open-queue.ts'

/** What a worker holds while it works. */
export interface Claim {
  readonly key: string
  readonly claim: string
  readonly id: string
  readonly retryCount: number
  readonly failures: number
  readonly work: Work
  readonly isFinished: boolean
  /** Folder for what it leaves, as whoever put it there calls it; null: the database. */
  readonly store: string | null
}

interface ClaimOptions {
  /** Engine whose jobs alone are taken, beside those that ask for none; default: any. */
  readonly engine?: string | undefined
}

/** Takes the next job; undefined where none waits, or the queue is paused. */
export async function claimJob(
  queue: Queue,
  worker: string,
  { engine }: ClaimOptions = {},
): Promise<Claim | undefined> {
  const { boss, ask, lasting } = queue
  const ignoreGroups = engine === undefined ? null : engineNames.filter((one) => one !== engine)
  for (;;) {
    if ((await ask('select from betavae.pause limit 1')).length > 0) return undefined
    const [job] = await lasting(() =>
      boss.fetch<{ key: string }>(queueName(), { includeMetadata: true, ignoreGroups }),
    )
    if (!job) return undefined
    const attempt = { key: job.data.key, claim: randomUUID(), id: job.id, retryCount: job.retryCount }
    const claimed = await marked(queue, attempt, worker)
    if (claimed) return claimed
  }
}

type Attempt = Pick<Claim, 'key' | 'claim' | 'id' | 'retryCount'>

/** Writes a worker's name on a job; undefined, and nobody sees it any more, where it is not to be worked on. */
async function marked(
  { boss, ask, lasting }: Queue,
  attempt: Attempt,
  worker: string,
): Promise<Claim | undefined> {
  // A claim that still stands is that of a worker which died: all others take theirs back.
  const [row] = await ask(
    `update betavae.job set claim = $2, worker = $3, changed = now(),
       attempts = attempts + (claim is distinct from $2)::int, deaths = deaths + (claim <> $2 and claim is not null)::int
     where key = $1 returning task, failures, deaths, outcome, cancelled, store`,
    [attempt.key, attempt.claim, worker],
  )
  if (row && !row.cancelled && Number(row.deaths) < DEATHS)
    return {
      ...attempt,
      failures: Number(row.failures),
      work: row.task as Work,
      isFinished: row.outcome !== null,
      store: row.store as string | null,
    }
  if (row && !row.cancelled && row.outcome === null) await setAside(ask, attempt, DIED)
  await lasting(() => boss.deleteJob(queueName(), { id: attempt.id, retryCount: attempt.retryCount }))
  return undefined
}

const DIED = { code: 'queue/died', message: `its workers died, ${DEATHS} of them in a row` }

const setAside = (ask: Queue['ask'], { key, claim }: Attempt, error: Job['error']): Promise<unknown> =>
  ask(
    `update betavae.job set error = $3, failures = ${FAILURES}, claim = null, changed = now() where key = $1 and claim = $2`,
    [key, claim, JSON.stringify(error)],
  )

/** Says that its worker lives, and how far it is; false where the job is no longer that worker's. */
export async function touchJob(
  { boss, ask, lasting }: Queue,
  { id, retryCount, key, claim }: Claim,
  step?: number,
): Promise<boolean> {
  const touched = (await lasting(() => boss.touch(queueName(), { id, retryCount }))) as { affected?: number }
  const rows = await ask(
    'update betavae.job set step = coalesce($3, step), changed = now() where key = $1 and claim = $2 returning key',
    [key, claim, step ?? null],
  )
  return touched.affected !== 0 && rows.length > 0
}

/**
 * The job is done; false where it is no longer that worker's. What it came to stands before the queue hears of it: a
 * worker that dies in between repeats nothing.
 */
export async function finishJob(
  { boss, ask, lasting }: Queue,
  { id, retryCount, key, claim }: Claim,
  outcome?: Outcome,
): Promise<boolean> {
  const rows = await ask(
    `update betavae.job set outcome = coalesce($3, outcome), error = null, step = steps, changed = now()
     where key = $1 and claim = $2 returning key`,
    [key, claim, outcome === undefined ? null : JSON.stringify(outcome)],
  )
  await lasting(() => boss.deleteJob(queueName(), { id, retryCount }))
  return rows.length > 0
}

/** An error: another attempt, or after some of them the job is set aside with it. */
export async function failJob(
  { boss, ask, lasting }: Queue,
  claim: Claim,
  error: Job['error'],
): Promise<void> {
  const { id, retryCount, failures } = claim
  const attempt = { id, retryCount }
  if (failures >= FAILURES - 1) {
    await setAside(ask, claim, error)
    await lasting(() => boss.deleteJob(queueName(), attempt))
    return
  }
  await ask(
    `update betavae.job set error = $3, failures = failures + 1, claim = null, changed = now()
     where key = $1 and claim = $2`,
    [claim.key, claim.claim, JSON.stringify(error)],
  )
  await lasting(() => boss.fail(queueName(), attempt))
}

/** Gives a job back, for whoever takes it next; that is no failure of it. */
export async function returnJob(
  { boss, ask, lasting }: Queue,
  { id, retryCount, key, claim }: Claim,
): Promise<void> {
  await ask('update betavae.job set claim = null, changed = now() where key = $1 and claim = $2', [
    key,
    claim,
  ])
  await lasting(() => boss.fail(queueName(), { id, retryCount }))
}
