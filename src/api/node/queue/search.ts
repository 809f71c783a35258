/** A search whose climbs are jobs of a queue. */
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { Climb } from '../../../sweep/search/ladder.ts'
import { stepsTo } from '../../../sweep/search/plan.ts'
import type { SearchEvent } from '../search/events.ts'
import { type PreparedSearch, prepareSearch, type SearchDraft } from '../search/prepare.ts'
import { type Climbed, type Climber, runSearch, type SearchOptions } from '../search/search.ts'
import type { MemberTask } from '../sweep/member.ts'
import { idleWarning } from './idle.ts'
import { addJob, type Job, keyOf, jobs as listed, type MemberWork, scoreIn } from './jobs.ts'
import { LOOK_MS } from './lease.ts'
import { openQueue, type Queue } from './open-queue.ts'
import { seenStore } from './shelves.ts'
import { restoreSnapshot } from './snapshots.ts'
import type { QueueOptions } from './sweep.ts'
import { takenJob } from './tend.ts'
import { workedHere } from './worked-here.ts'

type Putting = Pick<QueueOptions, 'priority' | 'store'> & { readonly place: string }

/** A search on a queue; its folder is that of a search without one. Errors: `queue/…`. */
export async function* searchOnQueue(
  draft: SearchDraft,
  {
    queue: place,
    priority,
    store,
    ...options
  }: SearchOptions & Pick<QueueOptions, 'queue' | 'priority' | 'store'>,
): AsyncGenerator<SearchEvent, void, undefined> {
  const { out, jobs = 1, parts, signal } = options
  const prepared = await prepareSearch(draft, { out, jobs, ...(parts && { parts }) })
  const how = { place, priority, store: store === undefined ? undefined : seenStore(resolve(store)) }
  await using queue = await openQueue(place, signal ? { signal } : {})
  yield* workedHere(queue, { jobs, signal }, (stop) =>
    followed(queue, prepared, how, { ...options, signal: stop }),
  )
}

async function* followed(
  queue: Queue,
  prepared: PreparedSearch,
  how: Putting,
  options: SearchOptions & { readonly signal: AbortSignal },
): AsyncGenerator<SearchEvent, void, undefined> {
  const climber = new QueueClimber(queue, prepared, how)
  yield* runSearch(prepared, options, climber)
  if (!options.signal.aborted) for (const key of climber.put) await takenJob(queue, key)
}

interface Waiting {
  readonly task: MemberTask
  readonly emit: (event: SearchEvent) => void
  readonly done: (came: Climbed | Promise<Climbed>) => void
  /** Puts the job, where it is not there. */
  readonly put: () => Promise<string>
  isRunning: boolean
}

/** Puts climbs into a queue, those of higher rungs before others, and looks how they stand. */
class QueueClimber implements Climber {
  /** Keys of jobs that were asked for. */
  readonly put = new Set<string>()
  readonly #queue: Queue
  readonly #prepared: PreparedSearch
  readonly #how: Putting
  readonly #waiting = new Map<string, Waiting>()
  #looking: Promise<void> | undefined
  /** Of jobs that were asked for: how many nobody has taken, and how many are worked on. */
  #untaken = 0
  #taken = 0
  #seen = Promise.withResolvers<void>()

  constructor(queue: Queue, prepared: PreparedSearch, how: Putting) {
    this.#queue = queue
    this.#prepared = prepared
    this.#how = how
  }

  /** New members all wait in the queue; others go on where workers would soon have nothing to do. */
  hasRoom({ rung }: Climb): boolean {
    return rung === 0 || this.#untaken < Math.max(1, this.#taken)
  }

  wait(running: readonly Promise<void>[]): Promise<unknown> {
    return Promise.race([...running, this.#seen.promise])
  }

  async climb(
    task: MemberTask,
    climb: Climb,
    emit: (event: SearchEvent) => void,
    signal: AbortSignal,
  ): Promise<Climbed> {
    this.#untaken++
    const work = await this.#workOf(task, climb)
    const { priority = 0, store } = this.#how
    const put = () => addJob(this.#queue, work, undefined, { priority: priority + climb.rung, store })
    const key = await put()
    this.put.add(key)
    return new Promise((done) => {
      this.#waiting.set(key, { task, emit, done, put, isRunning: false })
      this.#looking ??= this.#look(signal).then(
        () => this.#leave(async () => undefined),
        (error: unknown) => this.#leave(() => Promise.reject(error)),
      )
    })
  }

  /** What a climb is as a job: it begins with what the one below has left. */
  async #workOf({ path: _, ...task }: MemberTask, { member, rung }: Climb): Promise<MemberWork> {
    const digests = await this.#prepared.digests(member)
    let work: MemberWork | undefined
    for (let below = 0; below <= rung; below++)
      work = {
        kind: 'sweep member',
        task: {
          ...task,
          ...(task.search && {
            search: { ...task.search, until: stepsTo(this.#prepared.plan, member, below) },
          }),
        },
        digests,
        ...(work && { from: keyOf(work) }),
      }
    return work as MemberWork
  }

  async #look(signal: AbortSignal): Promise<void> {
    const idle = idleWarning(this.#queue, this.#how.place)
    while (this.#waiting.size > 0 && !signal.aborted) {
      const found = await listed(this.#queue, [...this.#waiting.keys()])
      const there = new Set(found.map(({ key }) => key))
      // Cleaned away by another hand.
      for (const [key, { put }] of this.#waiting) if (!there.has(key)) await put()
      const warning = await idle(found)
      for (const job of found) this.#hear(job, warning)
      this.#untaken = found.filter(({ state }) => state === 'waiting').length
      this.#taken = found.filter(({ state }) => state === 'running').length
      this.#seen.resolve()
      this.#seen = Promise.withResolvers<void>()
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Nobody is waited for any more, for a reason that all of them have. */
  #leave(came: () => Promise<Climbed>): void {
    this.#looking = undefined
    for (const { done } of this.#waiting.values()) done(came())
    this.#waiting.clear()
  }

  #hear(job: Job, warning: SearchEvent | undefined): void {
    const waiting = this.#waiting.get(job.key)
    if (!waiting) return
    const { task, emit, done } = waiting
    if (warning) emit(warning)
    if (job.state === 'running' && !waiting.isRunning) {
      waiting.isRunning = true
      emit({ kind: 'member', member: task.name, state: job.attempts > 1 ? 'resumed' : 'begun' })
    }
    if (job.state === 'waiting' || job.state === 'running') return
    this.#waiting.delete(job.key)
    done(fetched(this.#queue, job, task))
  }
}

/** What a job came to; the run is then in the search's folder. */
async function fetched(queue: Queue, job: Job, { path }: MemberTask): Promise<Climbed> {
  const { key, outcome, store } = job
  if (!outcome || 'written' in outcome) return refuseAside(job)
  await rm(path, { recursive: true, force: true })
  await restoreSnapshot(queue, key, path, store)
  if ('score' in outcome) return scoreIn(outcome)
  const { code, message } = outcome.failed
  return new BetavaeError({ code, seen: message, wanted: 'numbers that are finite', fix: 'see its log' })
}

function refuseAside({ key, name, state, error }: Job): never {
  return fail({
    code: 'queue/aside',
    seen: `${name} without an end: ${state}${error ? ` (${error.message})` : ''}`,
    wanted: 'members that are trained',
    fix: `mend that, then betavae queue retry ${key.slice(0, 10)} --queue <address>, and sweep once more`,
  })
}
