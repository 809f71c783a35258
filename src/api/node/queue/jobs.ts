import { createHash } from 'node:crypto'
import { fail } from '../../../base/errors.ts'
import { sortedKeys } from '../../../base/sorted-keys.ts'
import { version } from '../../../export/version.ts'
import { type JudgedScore, judgedSchema } from '../../../sweep/score.ts'
import type { MemberTask } from '../sweep/member.ts'
import { FAILURES } from './lease.ts'
import { BOSS, createQueue, type Queue, queueName } from './open-queue.ts'
import type { PartWork } from './part-work.ts'

/** A member of a sweep to be trained. */
export interface MemberWork {
  readonly kind: 'sweep member'
  readonly task: Omit<MemberTask, 'path'>
  /** Of the data that all members are trained on. */
  readonly digests: string
  /** The job that left what this one begins with: the same training up to an earlier step. */
  readonly from?: string
}

/** What a job is about; another kind is another line. */
export type Work = MemberWork | PartWork

/** What a job came to: its score, why its numbers ran away, or what it has written. */
export type Outcome =
  | { readonly score: JudgedScore }
  | { readonly failed: { readonly code: string; readonly message: string } }
  | { readonly written: { readonly rows: number; readonly sha256: string } }

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
  readonly priority: number
  /** Folder that holds what it leaves; null: the database does. */
  readonly store: string | null
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
    .update(JSON.stringify([of, sortedKeys(work)]))
    .digest('hex')

const uuidOf = (key: string): string =>
  key.slice(0, 32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')

/** How many steps it takes, and on which engine. */
const sizeOf = (work: Work): [steps: number, engine: string] =>
  work.kind === 'part'
    ? [1, work.task.model.engine]
    : [work.task.search?.until ?? work.task.recipe.training.steps, work.task.recipe.engine.name]

interface AddOptions {
  /** Higher ones are taken first; of jobs that are there already the last word holds. Default: 0. */
  readonly priority?: number | undefined
  /** Folder for what it leaves, which all machines share; default: the database. */
  readonly store?: string | undefined
}

/** Puts work into the queue, where it is not there yet; gives its key. */
export async function addJob(
  queue: Queue,
  work: Work,
  of = version,
  { priority = 0, store }: AddOptions = {},
): Promise<string> {
  const key = keyOf(work, of)
  await queue.ask(
    `insert into betavae.job (key, id, queue, version, kind, name, task, steps, engine, priority, store)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (key) do update set priority = excluded.priority, taken = null`,
    [
      ...[key, uuidOf(key), queueName(of), of, work.kind, work.task.name, JSON.stringify(work)],
      ...sizeOf(work),
      ...[priority, store ?? null],
    ],
  )
  // Known work that nobody can take, as where this process died in between, is put there as well; known ids stay.
  const [job] = await jobs(queue, [key])
  if (job.state === 'waiting') await sendJob(queue, job)
  return key
}

/** Lets workers see a job; does nothing where they do. */
export async function sendJob(queue: Queue, { queue: name, id, key }: Pick<Job, 'queue' | 'id' | 'key'>) {
  if (name !== queueName()) await queue.lasting(() => createQueue(queue.boss, name))
  const [{ priority, engine }] = await queue.ask('select priority, engine from betavae.job where key = $1', [
    key,
  ])
  // Workers may leave jobs of some engines aside, which the library knows as groups.
  const group = engine === null ? {} : { group: { id: engine as string } }
  await queue.lasting(() =>
    queue.boss.insert(name, [{ id, data: { key }, priority: priority as number, ...group }]),
  )
  await queue.ask(`update ${BOSS}.job set priority = $3 where name = $1 and id = $2 and priority <> $3`, [
    ...[name, id, priority],
  ])
}

const STATE = `case when j.outcome is not null then 'finished' when j.cancelled then 'cancelled'
  when j.failures >= ${FAILURES} then 'failed' when b.state = 'active' then 'running' else 'waiting' end`

/** The tables that a job's state is read from. */
const JOINED = `betavae.job j left join ${BOSS}.job b on b.name = j.queue and b.id = j.id`

/** Jobs as they stand, in the order in which they came. */
export async function jobs({ ask }: Queue, keys?: readonly string[]): Promise<Job[]> {
  const rows = await ask(
    `select j.key, j.id, j.queue, j.version, j.kind, j.name, ${STATE} as state, j.priority, j.store, j.worker,
       j.attempts, j.step, j.steps, j.outcome, j.error
     from ${JOINED} where $1::text[] is null or j.key = any($1) order by j.created, j.name`,
    [keys ?? null],
  )
  return rows as unknown as Job[]
}

/** Whether nothing waits or runs that this version can take, on an engine or on any. */
export async function isEmpty({ ask }: Queue, engine?: string): Promise<boolean> {
  const [{ is_empty }] = await ask(
    `select not exists (select from ${JOINED}
       where j.queue = $1 and j.outcome is null and not j.cancelled and j.failures < ${FAILURES}
         and ($2::text is null or j.engine is null or j.engine = $2)) as is_empty`,
    [queueName(), engine ?? null],
  )
  return is_empty === true
}

/** Whether any job runs that this version takes. */
export const isAtWork = async ({ ask }: Queue): Promise<boolean> =>
  (await ask(`select from ${BOSS}.job where name = $1 and state = 'active' limit 1`, [queueName()])).length >
  0

/** Jobs that wait and that no worker can see, as where whoever put them there died in between. */
export const unseenJobs = async ({ ask }: Queue): Promise<Pick<Job, 'key' | 'id' | 'queue'>[]> =>
  (await ask(
    `select j.key, j.id, j.queue from ${JOINED} where b.id is null and j.outcome is null and not j.cancelled
       and j.failures < ${FAILURES} and j.changed < now() - interval '10 s'`,
  )) as unknown as Job[]

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

/** The score that a job came to. */
export const scoreIn = (outcome: { readonly score: JudgedScore }): JudgedScore =>
  judgedSchema.parse(outcome.score)
