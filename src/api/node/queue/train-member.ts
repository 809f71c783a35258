import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { BetavaeError, fail } from '../../../base/errors.ts'
import { areDigests, DIGESTS } from '../../../runs/data-digests.ts'
import { NOT_FINITE } from '../../../runs/journal.ts'
import { openRun, standingRun } from '../../../runs/node/store.ts'
import type { MemberEvent } from '../sweep/events.ts'
import { runInThread } from '../sweep/thread.ts'
import { type Beats, type Ended, lostFor, type Working } from './beats.ts'
import { type Claim, finishJob, returnJob } from './claims.ts'
import type { MemberWork } from './jobs.ts'
import { BEAT_MS } from './lease.ts'
import type { Queue } from './open-queue.ts'
import { restoreSnapshot, saveSnapshot } from './snapshots.ts'

/** Trains and judges a member in a folder, from wherever it stands; keeps what there is of it after every checkpoint. */
export async function trainMember(
  queue: Queue,
  claim: Claim,
  path: string,
  { signal, beats }: Working,
): Promise<Ended> {
  const { work } = claim
  await restored(queue, claim, path)
  const keeping = keeper(queue, claim, path, beats)
  try {
    const following = { emit: keeping.hear, signal: AbortSignal.any([signal, beats.lost]) }
    const score = await runInThread({ ...(work as MemberWork).task, path }, following)
    await keeping.done()
    if (beats.lost.aborted) return lostFor(beats)
    // Where the worker was told to stop before anything began there is nothing to keep.
    if ((await standsAt(path)) && !(await saveSnapshot(queue, claim, path, keeping.step)))
      return { kind: 'lost' }
    if (score) return { kind: (await finishJob(queue, claim, { score })) ? 'finished' : 'lost' }
    await returnJob(queue, claim)
    return { kind: 'returned' }
  } catch (error) {
    await keeping.done()
    if (beats.lost.aborted) return lostFor(beats)
    if (!(error instanceof BetavaeError && error.code === NOT_FINITE)) throw error
    // The same everywhere: what it came to, and no matter of the worker.
    const { code, message } = error
    const isOurs =
      (await saveSnapshot(queue, claim, path)) &&
      (await finishJob(queue, claim, { failed: { code, message } }))
    return isOurs ? { kind: 'failed', reason: message } : { kind: 'lost' }
  }
}

/** What cannot be gone on with is trained from its beginning, which comes to the same. */
async function restored(queue: Queue, { key, store, work }: Claim, path: string): Promise<void> {
  const { from } = work as MemberWork
  try {
    const isBegun = await restoreSnapshot(queue, key, path, store)
    if (!isBegun && from !== undefined) await restoreSnapshot(queue, from, path, store)
  } catch (error) {
    if (!(error instanceof BetavaeError && error.code === 'queue/damaged')) throw error
    await rm(path, { recursive: true, force: true })
  }
}

/** Keeps snapshots of a run beside its training, one at a time with a pause between them; the next has what came meanwhile. */
function keeper(queue: Queue, claim: Claim, path: string, beats: Beats) {
  let step = 0
  let isNew = false
  let isChecked = false
  let keeping: Promise<void> | undefined
  const over = new AbortController()
  const check = async () => {
    if (!isChecked) await checkData(path, (claim.work as MemberWork).digests)
    isChecked = true
  }
  const keep = async () => {
    await check()
    while (isNew && !over.signal.aborted && !beats.lost.aborted) {
      isNew = false
      if (!(await saveSnapshot(queue, claim, path, step))) beats.lose()
      await sleep(BEAT_MS, undefined, { signal: over.signal }).catch(() => undefined)
    }
  }
  return {
    get step() {
      return step
    },
    hear(told: MemberEvent) {
      if (told.kind !== 'training') return
      const { event } = told
      if (event.kind === 'step' || event.kind === 'checkpoint') step = event.step
      if (event.kind === 'step') beats.at(step)
      if (event.kind !== 'checkpoint') return
      isNew = true
      keeping ??= keep()
        .catch((error: unknown) => beats.lose(error))
        .finally(() => {
          keeping = undefined
        })
    },
    async done() {
      over.abort()
      await keeping
      if (!beats.lost.aborted && (await standsAt(path)))
        await check().catch((error: unknown) => beats.lose(error))
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
    fix: 'restore the data there, then betavae queue retry --queue <address>',
  })
}
