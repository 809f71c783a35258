/** Puts the members of a sweep into a queue, and follows them until all are at rest. */
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { fail } from '../../../base/errors.ts'
import { commandLine } from '../../../base/shell-word.ts'
import { digestsOf } from '../../../runs/data-digests.ts'
import { standingRun } from '../../../runs/node/store.ts'
import { membersOf, type SweepPlan } from '../../../sweep/plan.ts'
import { endingOf } from '../opened-run.ts'
import type { SweepEvent } from '../sweep/events.ts'
import { type MemberTask, runMember } from '../sweep/member.ts'
import { type Members, type Outcomes, taskOf } from '../sweep/sweep.ts'
import { grow } from './grow.ts'
import { addJob, isAtWork, type Job, jobs as listed, scoreIn } from './jobs.ts'
import { LOOK_MS } from './lease.ts'
import type { Queue } from './open-queue.ts'
import { progressIn } from './progress.ts'
import { restoreSnapshot } from './snapshots.ts'
import { pausedSince, takenJob } from './tend.ts'

interface Place {
  /** The queue as it was named. */
  readonly place: string
  readonly priority: number | undefined
  readonly store: string | undefined
}

export const membersOn = (queue: Queue, { place, ...how }: Place): Members =>
  async function* (directory, prepared, { signal = new AbortController().signal }, outcomes) {
    const digests = await digestsOf(prepared.parts)
    const known = new Set<string>()
    const awaited = new Map<string, MemberTask>()
    const running = new Set<string>()
    const aside: Job[] = []
    const put = async (task: MemberTask) => {
      const { path: _, ...told } = task
      awaited.set(await addJob(queue, { kind: 'sweep member', task: told, digests }, undefined, how), task)
    }
    async function* putNew(plan: SweepPlan): AsyncGenerator<SweepEvent, void, undefined> {
      for (const member of membersOf(plan)) {
        if (known.has(member.name) || signal.aborted) continue
        known.add(member.name)
        const task = taskOf(member, directory, { ...prepared, plan })
        if (await isFinished(task)) yield* finishedHere(task, signal, outcomes)
        else await put(task)
      }
    }
    await using progress = progressIn(directory)
    const idle = idleWarning(queue, place)
    for (;;) {
      const { plan, isGrown } = await grow(directory)
      if (isGrown && known.size > 0)
        yield { kind: 'sweep', path: directory.path, split: prepared.split, members: membersOf(plan) }
      yield* putNew(plan)
      if (awaited.size === 0 || signal.aborted) break
      const found = await listed(queue, [...awaited.keys()])
      await progress.tell(found)
      const warning = await idle(found)
      if (warning) yield warning
      // Cleaned away by another hand, or in the day since somebody else took it.
      const there = new Set(found.map(({ key }) => key))
      for (const [key, task] of [...awaited]) if (!there.has(key)) await put(task)
      for (const job of found) {
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
  { key, outcome, store }: Job,
  { name, path }: MemberTask,
  { scores, failed }: Outcomes,
): Promise<SweepEvent> {
  await rm(path, { recursive: true, force: true })
  await restoreSnapshot(queue, key, path, store)
  await takenJob(queue, key)
  if (outcome && 'failed' in outcome) {
    const { code, message: reason } = outcome.failed
    failed.set(name, reason)
    return { kind: 'failed', member: name, code, reason }
  }
  const score = scoreIn(outcome as { score: never })
  scores.set(name, score)
  return { kind: 'judged', member: name, score }
}

/** Looks without a job that runs, until people hear of it. */
const IDLE_LOOKS = 20

/** What people are told, once, when jobs wait and nobody takes any. */
function idleWarning(queue: Queue, place: string) {
  let looks = 0
  return async (found: readonly Job[]): Promise<SweepEvent | undefined> => {
    const isIdle = found.length > 0 && found.every(({ state }) => state === 'waiting')
    looks = isIdle ? looks + 1 : 0
    if (looks !== IDLE_LOOKS || (await isAtWork(queue))) return undefined
    const isPaused = (await pausedSince(queue)) !== undefined
    return {
      kind: 'warning',
      code: isPaused ? 'queue/paused' : 'queue/idle',
      message: isPaused
        ? `the queue is paused; resume it: ${commandLine('queue', 'resume', '--queue', place)}`
        : `no worker of version ${found[0].version} has taken a job for ${IDLE_LOOKS} seconds; start one: ${commandLine('worker', '--queue', place)}`,
    }
  }
}

function refuseAside(aside: readonly Job[]): never {
  const [{ key, name, state, error }] = aside
  return fail({
    code: 'queue/aside',
    seen: `${aside.length} members without an end, first ${name}: ${state}${error ? ` (${error.message})` : ''}`,
    wanted: 'members that are trained to their ends',
    fix: `mend that, then betavae queue retry ${key.slice(0, 10)}, and sweep once more`,
  })
}
