import { mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BetavaeError, fail } from '../../../base/errors.ts'
import { areDigests, DIGESTS } from '../../../runs/data-digests.ts'
import { NOT_FINITE } from '../../../runs/journal.ts'
import { openRun, standingRun } from '../../../runs/node/store.ts'
import type { MemberEvent } from '../sweep/events.ts'
import { runInThread } from '../sweep/thread.ts'
import { type Claim, claimJob, failJob, finishJob, isEmpty, returnJob, touchJob } from './jobs.ts'
import { BEAT_MS, LOOK_MS } from './lease.ts'
import type { Queue } from './open-queue.ts'
import { restoreSnapshot, saveSnapshot } from './snapshots.ts'

/** What a worker says. */
export interface WorkerEvent {
  readonly kind: 'taken' | 'finished' | 'failed' | 'returned' | 'lost'
  readonly job: string
  readonly name: string
  readonly reason?: string
}

type Tell = (event: WorkerEvent) => void

export interface WorkerOptions {
  /** Jobs at once; default: 1. */
  readonly jobs?: number
  /** Ends when nothing waits or runs that it could take. */
  readonly untilEmpty?: boolean
  readonly signal: AbortSignal
  readonly tell?: Tell
}

/** Takes jobs until the signal fires, each into a folder of its own that is removed again. */
export async function work(
  queue: Queue,
  { jobs = 1, untilEmpty = false, signal, tell = () => undefined }: WorkerOptions,
): Promise<void> {
  const name = `${hostname()}:${process.pid}`
  const serve = async () => {
    while (!signal.aborted) {
      const claim = await claimJob(queue, name)
      if (claim) tell(await performed(queue, claim, signal, tell))
      else if (untilEmpty && (await isEmpty(queue))) return
      else await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  await Promise.all(Array.from({ length: jobs }, serve))
}

async function performed(queue: Queue, claim: Claim, signal: AbortSignal, tell: Tell): Promise<WorkerEvent> {
  const said = { job: claim.key, name: claim.work.task.name }
  if (claim.isFinished) {
    await finishJob(queue, claim)
    return { kind: 'finished', ...said }
  }
  tell({ kind: 'taken', ...said })
  const scratch = await mkdtemp(join(tmpdir(), 'betavae-job-'))
  try {
    return { ...said, ...(await trained(queue, claim, join(scratch, said.name), signal)) }
  } catch (error) {
    const { code = 'queue/error', message } =
      error instanceof BetavaeError ? error : { message: `${(error as Error).message}` }
    await failJob(queue, claim, { code, message })
    return { kind: 'failed', ...said, reason: message }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function trained(
  queue: Queue,
  claim: Claim,
  path: string,
  signal: AbortSignal,
): Promise<Pick<WorkerEvent, 'kind' | 'reason'>> {
  await restoreSnapshot(queue, claim.key, path)
  const { task, digests } = claim.work
  const beating = beats(queue, claim, path, digests)
  try {
    const following = { emit: beating.hear, signal: AbortSignal.any([signal, beating.lost]) }
    const score = await runInThread({ ...task, path }, following)
    await beating.stop()
    if (beating.lost.aborted) return lostOr(beating.lost.reason)
    if (!(await saveSnapshot(queue, claim, path))) return { kind: 'lost' }
    if (score) await finishJob(queue, claim, { score })
    else await returnJob(queue, claim)
    return { kind: score ? 'finished' : 'returned' }
  } catch (error) {
    await beating.stop()
    if (!(error instanceof BetavaeError && error.code === NOT_FINITE)) throw error
    // The same everywhere: what it came to, and no matter of the worker.
    if (await saveSnapshot(queue, claim, path))
      await finishJob(queue, claim, { failed: { code: error.code, message: error.message } })
    return { kind: 'failed', reason: error.message }
  }
}

function lostOr(reason: unknown): Pick<WorkerEvent, 'kind'> {
  // Without a reason of ours it is the signal's own, by its name.
  if (reason instanceof Error && reason.name !== 'AbortError') throw reason
  return { kind: 'lost' }
}

/** While a job is worked on: signs of life, and what there is of it so far once it has a new checkpoint. */
function beats(queue: Queue, claim: Claim, path: string, digests: string) {
  const lost = new AbortController()
  let step = 0
  let isNew = false
  let isChecked = false
  const beat = async () => {
    if (!(await touchJob(queue, claim, step))) return lost.abort()
    if (!isChecked && (await standsAt(path))) {
      await checkData(path, digests)
      isChecked = true
    }
    if (!isNew) return
    isNew = false
    if (!(await saveSnapshot(queue, claim, path))) lost.abort()
  }
  const over = new AbortController()
  const running = (async () => {
    while (!over.signal.aborted && !lost.signal.aborted) {
      await beat().catch((error: unknown) => lost.abort(error))
      await sleep(BEAT_MS, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    lost: lost.signal,
    hear(event: MemberEvent) {
      if (event.kind !== 'training') return
      if (event.event.kind === 'step') step = event.event.step
      if (event.event.kind === 'checkpoint') isNew = true
    },
    async stop() {
      over.abort()
      await running
      if (!lost.signal.aborted && (await standsAt(path)))
        await checkData(path, digests).catch((error: unknown) => lost.abort(error))
    },
  }
}

const standsAt = async (path: string): Promise<boolean> =>
  (await openRun(path).catch(() => undefined)) !== undefined

/** Error: `runs/data-changed` where the worker reads other rows than whoever asked. */
async function checkData(path: string, digests: string): Promise<void> {
  const directory = await standingRun(path)
  const own = directory && (await directory.read(DIGESTS))
  if (!directory || !own || areDigests(new TextDecoder().decode(own), digests)) return
  fail({
    code: 'runs/data-changed',
    seen: `other rows in "${directory.recipe.data.source}" than where the job was put`,
    wanted: 'the same data for all workers',
    fix: 'restore the data there, then betavae queue --retry',
  })
}
