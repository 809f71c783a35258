/** Puts the members of a sweep into a queue, and follows them until all are at rest. */
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { fail } from '../../../base/errors.ts'
import { digestsOf } from '../../../runs/data-digests.ts'
import { standingRun } from '../../../runs/node/store.ts'
import type { SweepDirectory } from '../../../sweep/node/store.ts'
import { membersOf } from '../../../sweep/plan.ts'
import { endingOf } from '../opened-run.ts'
import type { SweepEvent } from '../sweep/events.ts'
import { type MemberTask, runMember } from '../sweep/member.ts'
import type { PreparedSweep } from '../sweep/prepare.ts'
import { type Members, type Outcomes, taskOf } from '../sweep/sweep.ts'
import { grow } from './grow.ts'
import { idleWarning } from './idle.ts'
import { addJob, type Job, jobs as listed, scoreIn, type Work } from './jobs.ts'
import { LOOK_MS } from './lease.ts'
import type { Queue } from './open-queue.ts'
import { progressIn } from './progress.ts'
import { restoreSnapshot } from './snapshots.ts'
import { takenJob } from './tend.ts'

export const membersOn = (queue: Queue, how: Putting & { readonly place: string }): Members =>
  async function* (directory, prepared, { signal = new AbortController().signal }, outcomes) {
    const digests = await digestsOf(prepared.parts)
    const followed = new Followed(queue, how, { directory, prepared, digests, signal, outcomes })
    await using progress = progressIn(directory)
    const idle = idleWarning(queue, how.place)
    for (;;) {
      yield* followed.putNew()
      if (followed.keys.length === 0 || signal.aborted) break
      const found = await listed(queue, followed.keys)
      await progress.tell(found)
      const warning = await idle(found)
      if (warning) yield warning
      yield* followed.hear(found)
      if (followed.keys.length > 0) await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
    if (followed.aside.length > 0) refuseAside(followed.aside)
  }

interface Putting {
  readonly priority: number | undefined
  readonly store: string | undefined
}

interface Sweeping {
  readonly directory: SweepDirectory
  readonly prepared: PreparedSweep
  /** Of the data. */
  readonly digests: string
  readonly signal: AbortSignal
  readonly outcomes: Outcomes
}

/** The members of a sweep that a queue has. */
class Followed {
  /** Those that ended without a result. */
  readonly aside: Job[] = []
  readonly #queue: Queue
  readonly #how: Putting
  readonly #sweep: Sweeping
  readonly #known = new Set<string>()
  readonly #running = new Set<string>()
  readonly #awaited = new Map<string, MemberTask>()

  constructor(queue: Queue, how: Putting, sweep: Sweeping) {
    this.#queue = queue
    this.#how = how
    this.#sweep = sweep
  }

  /** Of jobs whose ends are awaited. */
  get keys(): readonly string[] {
    return [...this.#awaited.keys()]
  }

  /** Puts what is not there yet, also what was asked for meanwhile. */
  async *putNew(): AsyncGenerator<SweepEvent, void, undefined> {
    const { directory, prepared, signal, outcomes } = this.#sweep
    const { plan, isGrown } = await grow(directory)
    if (isGrown && this.#known.size > 0)
      yield { kind: 'sweep', path: directory.path, split: prepared.split, members: membersOf(plan) }
    for (const member of membersOf(plan)) {
      if (this.#known.has(member.name) || signal.aborted) continue
      this.#known.add(member.name)
      const task = taskOf(member, directory, { ...prepared, plan })
      if (await isFinished(task)) yield* finishedHere(task, signal, outcomes)
      else await this.#put(task)
    }
  }

  async #put(task: MemberTask): Promise<void> {
    const { path: _, ...told } = task
    const work: Work = { kind: 'sweep member', task: told, digests: this.#sweep.digests }
    this.#awaited.set(await addJob(this.#queue, work, undefined, this.#how), task)
  }

  /** Takes in how jobs stand. */
  async *hear(found: readonly Job[]): AsyncGenerator<SweepEvent, void, undefined> {
    // Cleaned away by another hand, or in the day since somebody else took it.
    const there = new Set(found.map(({ key }) => key))
    for (const [key, task] of [...this.#awaited]) if (!there.has(key)) await this.#put(task)
    for (const job of found) {
      const task = this.#awaited.get(job.key) as MemberTask
      if (job.state === 'running' && !this.#running.has(job.key)) {
        this.#running.add(job.key)
        yield { kind: 'member', member: task.name, state: job.attempts > 1 ? 'resumed' : 'begun' }
      }
      if (job.state === 'waiting' || job.state === 'running') continue
      this.#awaited.delete(job.key)
      if (job.state === 'finished') yield await fetched(this.#queue, job, task, this.#sweep.outcomes)
      else this.aside.push(job)
    }
  }
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

function refuseAside(aside: readonly Job[]): never {
  const [{ key, name, state, error }] = aside
  return fail({
    code: 'queue/aside',
    seen: `${aside.length} members without an end, first ${name}: ${state}${error ? ` (${error.message})` : ''}`,
    wanted: 'members that are trained to their ends',
    fix: `mend that, then betavae queue retry ${key.slice(0, 10)} --queue <address>, and sweep once more`,
  })
}
