import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { fail } from '../../../base/errors.ts'
import type { AnyDraft } from '../../../recipe/draft.ts'
import { digestsOf } from '../../../runs/data-digests.ts'
import { standingRun } from '../../../runs/node/store.ts'
import { membersOf, type SweepDraft } from '../../../sweep/plan.ts'
import { endingOf } from '../opened-run.ts'
import type { SweepEvent } from '../sweep/events.ts'
import { type MemberTask, runMember } from '../sweep/member.ts'
import { prepareSweep } from '../sweep/prepare.ts'
import { type Members, type Outcomes, runSweep, type SweepOptions, taskOf } from '../sweep/sweep.ts'
import { addJob, type Job, jobs as listed, scoreIn } from './jobs.ts'
import { LOOK_MS } from './lease.ts'
import { openQueue, type Queue } from './open-queue.ts'
import { restoreSnapshot } from './snapshots.ts'
import { work } from './worker.ts'

interface QueueOptions extends SweepOptions {
  /** URL of a PostgreSQL database, or a folder whose jobs are done in this process. */
  readonly queue: string
}

/** A sweep whose members are jobs of a queue; its folder is that of a sweep without one. Errors: `queue/…`. */
export async function* sweepOnQueue(
  draft: SweepDraft<AnyDraft>,
  { queue: place, ...options }: QueueOptions,
): AsyncGenerator<SweepEvent, void, undefined> {
  const { out, parts, jobs = 1, signal } = options
  if (draft.warmStart) refuseWarm()
  const prepared = await prepareSweep(draft, jobs, { out, parts })
  await using queue = await openQueue(place)
  const own = new AbortController()
  const stop = signal ? AbortSignal.any([signal, own.signal]) : own.signal
  let broken: unknown
  const working = queue.isOwn
    ? work(queue, { jobs, signal: stop }).catch((error: unknown) => {
        broken = error
        own.abort()
      })
    : undefined
  try {
    yield* runSweep(prepared, { ...options, signal: stop }, membersOn(queue))
    if (broken !== undefined) throw broken
  } finally {
    own.abort()
    await working
  }
}

const refuseWarm = (): never =>
  fail({
    code: 'queue/warm-start',
    seen: '--warm-start beside --queue',
    wanted: 'members that wait for no other',
    fix: 'leave one of them out',
    usage: true,
  })

/** Puts members into the queue, and follows them until all are at rest. */
const membersOn = (queue: Queue): Members =>
  async function* (directory, prepared, { signal = new AbortController().signal }, outcomes) {
    const digests = await digestsOf(prepared.parts)
    const awaited = new Map<string, MemberTask>()
    for (const member of membersOf(prepared.plan)) {
      const task = taskOf(member, directory, prepared)
      if (await isFinished(task)) {
        yield* finishedHere(task, signal, outcomes)
        continue
      }
      const { path: _, ...told } = task
      awaited.set(await addJob(queue, { kind: 'sweep member', task: told, digests }), task)
    }
    const aside: Job[] = []
    const running = new Set<string>()
    while (awaited.size > 0 && !signal.aborted) {
      for (const job of await listed(queue, [...awaited.keys()])) {
        const task = awaited.get(job.key) as MemberTask
        if (job.state === 'running' && !running.has(job.key)) {
          running.add(job.key)
          yield { kind: 'member', member: task.name, state: job.attempts > 1 ? 'resumed' : 'begun' }
        }
        if (job.state === 'waiting' || job.state === 'running') continue
        awaited.delete(job.key)
        if (job.state === 'finished') yield await fetched(queue, job, task, outcomes)
        else aside.push(job)
      }
      if (awaited.size > 0) await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
    if (aside.length > 0) refuseAside(aside)
  }

/** Whether a member stands in the sweep's folder, finished; what stands there unfinished is left to the queue. */
async function isFinished({ path, recipe }: MemberTask): Promise<boolean> {
  const directory = await standingRun(path)
  const isOurs = isDeepStrictEqual(directory?.recipe, JSON.parse(JSON.stringify(recipe)))
  return directory !== undefined && (!isOurs || (await endingOf(directory)) !== undefined)
}

async function* finishedHere(
  task: MemberTask,
  signal: AbortSignal,
  { scores }: Outcomes,
): AsyncGenerator<SweepEvent, void, undefined> {
  yield { kind: 'member', member: task.name, state: 'kept' }
  const score = await runMember(task, { emit: () => undefined, signal })
  if (!score) return
  scores.set(task.name, score)
  yield { kind: 'judged', member: task.name, score }
}

/** A finished member, brought into the sweep's folder. */
async function fetched(
  queue: Queue,
  { key, outcome }: Job,
  { name, path }: MemberTask,
  { scores, failed }: Outcomes,
): Promise<SweepEvent> {
  await rm(path, { recursive: true, force: true })
  await restoreSnapshot(queue, key, join(path))
  if (outcome && 'failed' in outcome) {
    const { code, message: reason } = outcome.failed
    failed.set(name, reason)
    return { kind: 'failed', member: name, code, reason }
  }
  const score = scoreIn(outcome as { score: never })
  scores.set(name, score)
  return { kind: 'judged', member: name, score }
}

function refuseAside(aside: readonly Job[]): never {
  const [{ key, name, state, error }] = aside
  return fail({
    code: 'queue/aside',
    seen: `${aside.length} members without an end, first ${name}: ${state}${error ? ` (${error.message})` : ''}`,
    wanted: 'members that are trained to their ends',
    fix: `mend that, then betavae queue --retry ${key.slice(0, 10)}, and sweep once more`,
  })
}
