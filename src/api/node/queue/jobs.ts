import { createHash, randomUUID } from 'node:crypto'
import { fail } from '../../../base/errors.ts'
import { version } from '../../../export/version.ts'
import { type MemberScore, scoreSchema } from '../../../sweep/score.ts'
import type { MemberTask } from '../sweep/member.ts'
import { BOSS, lasting, type Queue, queueName } from './open-queue.ts'

/** What a job is about; another kind is another line. */
export interface Work {
  readonly kind: 'sweep member'
  readonly task: Omit<MemberTask, 'path'>
  /** Of the data that all members are trained on. */
  readonly digests: string
}

/** What a job came to: its score, or why its numbers ran away. */
export type Outcome =
  | { readonly score: MemberScore }
  | { readonly failed: { readonly code: string; readonly message: string } }

export type JobState = 'waiting' | 'running' | 'finished' | 'failed' | 'cancelled'

/** A job as it stands. */
export interface Job {
  readonly key: string
  readonly id: string
  readonly queue: string
  readonly version: string
  readonly kind: string
  readonly name: string
  readonly state: JobState
  readonly worker: string | null
  readonly attempts: number
  readonly step: number
  readonly steps: number
  readonly outcome: Outcome | null
  readonly error: { readonly code: string; readonly message: string } | null
}

/** The same training has the same key, whoever asks for it. */
export const keyOf = (work: Work, of = version): string =>
  createHash('sha256')
    .update(JSON.stringify([of, sorted(work)]))
    .digest('hex')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  )
}

const uuidOf = (key: string): string =>
  key.slice(0, 32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')

/** Puts work into the queue, where it is not there yet; gives its key. */
export async function addJob(queue: Queue, work: Work, of = version): Promise<string> {
  const key = keyOf(work, of)
  const { name, recipe } = work.task
  await queue.ask(
    `insert into betavae.job (key, id, queue, version, kind, name, task, steps)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing`,
    [key, uuidOf(key), queueName(of), of, work.kind, name, JSON.stringify(work), recipe.training.steps],
  )
  // Known work that nobody can take, as where this process died in between, is put there as well; known ids stay.
  const [job] = await jobs(queue, [key])
  if (job.state === 'waiting') await send(queue, job)
  return key
}

async function send({ boss }: Queue, { queue, id, key }: Pick<Job, 'queue' | 'id' | 'key'>): Promise<void> {
  if (queue !== queueName()) await boss.createQueue(queue)
  await lasting(() => boss.insert(queue, [{ id, data: { key } }]))
}

const STATE = `case when j.outcome is not null then 'finished' when j.cancelled then 'cancelled'
  when j.error is not null and j.failures >= 3 or b.state = 'failed' then 'failed'
  when b.state = 'active' then 'running' else 'waiting' end`

/** Jobs as they stand, in the order in which they came. */
export async function jobs({ ask }: Queue, keys?: readonly string[]): Promise<Job[]> {
  const rows = await ask(
    `select j.key, j.id, j.queue, j.version, j.kind, j.name, ${STATE} as state, j.worker, j.attempts, j.step, j.steps,
       j.outcome, case when b.state = 'failed' and j.error is null
         then '{"code":"queue/died","message":"its workers died"}'::jsonb else j.error end as error
     from betavae.job j left join ${BOSS}.job b on b.name = j.queue and b.id = j.id
     where $1::text[] is null or j.key = any($1) order by j.created, j.name`,
    [keys ?? null],
  )
  return rows as unknown as Job[]
}

/** What a worker holds while it works. */
export interface Claim {
  readonly key: string
  readonly claim: string
  readonly id: string
  readonly retryCount: number
  readonly failures: number
  readonly work: Work
  readonly isFinished: boolean
}

/** Takes the next job; undefined where none waits. */
export async function claimJob({ boss, ask }: Queue, worker: string): Promise<Claim | undefined> {
  const [job] = await lasting(() => boss.fetch<{ key: string }>(queueName(), { includeMetadata: true }))
  if (!job) return undefined
  const claim = randomUUID()
  const [row] = await ask(
    `update betavae.job set claim = $2, worker = $3, attempts = attempts + 1 where key = $1
     returning task, failures, outcome`,
    [job.data.key, claim, worker],
  )
  const { id, retryCount } = job
  if (!row) {
    await boss.complete(queueName(), { id, retryCount })
    return undefined
  }
  return {
    ...{ key: job.data.key, claim, id, retryCount },
    failures: Number(row.failures),
    work: row.task as Work,
    isFinished: row.outcome !== null,
  }
}

/** Says that its worker lives, and how far it is; false where the job is no longer that worker's. */
export async function touchJob(
  { boss, ask }: Queue,
  { id, retryCount, key, claim }: Claim,
  step: number,
): Promise<boolean> {
  const touched = (await lasting(() => boss.touch(queueName(), { id, retryCount }))) as { affected?: number }
  const rows = await ask('update betavae.job set step = $3 where key = $1 and claim = $2 returning key', [
    key,
    claim,
    step,
  ])
  return touched.affected !== 0 && rows.length > 0
}

/** The job is done. What it came to stands before the queue hears of it: a worker that dies in between repeats nothing. */
export async function finishJob(
  { boss, ask }: Queue,
  { id, retryCount, key, claim }: Claim,
  outcome?: Outcome,
): Promise<void> {
  if (outcome)
    await ask(
      'update betavae.job set outcome = $3, error = null, step = steps where key = $1 and claim = $2',
      [key, claim, JSON.stringify(outcome)],
    )
  await lasting(() => boss.complete(queueName(), { id, retryCount }))
}

/** An error: another attempt, or after three of them the job is set aside with it. */
export async function failJob(
  { boss, ask }: Queue,
  { id, retryCount, key, claim, failures }: Claim,
  error: Job['error'],
): Promise<void> {
  await ask('update betavae.job set error = $3, failures = failures + 1 where key = $1 and claim = $2', [
    ...[key, claim, JSON.stringify(error)],
  ])
  const attempt = { id, retryCount }
  await lasting(() => (failures >= 2 ? boss.complete(queueName(), attempt) : boss.fail(queueName(), attempt)))
}

/** Gives a job back, for whoever takes it next. */
export const returnJob = ({ boss }: Queue, { id, retryCount }: Claim): Promise<unknown> =>
  lasting(() => boss.fail(queueName(), { id, retryCount }))

/** Whether nothing waits or runs that this version can take. */
export const isEmpty = async (queue: Queue): Promise<boolean> =>
  !(await jobs(queue)).some(
    (job) => job.queue === queueName() && (job.state === 'waiting' || job.state === 'running'),
  )

/** The one job whose id begins so. Error, usage: `queue/job`. */
export async function jobOf(queue: Queue, id: string): Promise<Job> {
  const found = (await jobs(queue)).filter(({ key }) => key.startsWith(id))
  if (found.length === 1 && id !== '') return found[0]
  return fail({
    code: 'queue/job',
    seen: `${found.length === 0 ? 'no job' : `${found.length} jobs`} whose id begins with "${id}"`,
    wanted: 'the id of one job',
    fix: 'list the jobs with betavae queue, and give more of the id',
    usage: true,
  })
}

/** Takes a job out of the queue, also from the worker that has it, which stops within seconds. */
export async function cancelJob(queue: Queue, { key, queue: name, id }: Job): Promise<void> {
  await queue.ask('update betavae.job set cancelled = true where key = $1 and outcome is null', [key])
  await queue.boss.cancel(name, id)
}

/** Puts a job that failed or was cancelled back; it goes on from where it was. */
export async function retryJob(queue: Queue, job: Job): Promise<void> {
  if (job.state !== 'failed' && job.state !== 'cancelled') return
  await queue.ask(
    'update betavae.job set cancelled = false, error = null, failures = 0, claim = null where key = $1',
    [job.key],
  )
  await queue.boss.deleteJob(job.queue, job.id)
  await send(queue, job)
}

/** The score that a job came to. */
export const scoreIn = (outcome: { readonly score: MemberScore }): MemberScore =>
  scoreSchema.parse(outcome.score)
