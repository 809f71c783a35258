import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { AnyDraft } from '../../../recipe/draft.ts'
import type { SweepDraft } from '../../../sweep/plan.ts'
import type { SweepEvent } from '../sweep/events.ts'
import { type PreparedSweep, prepareSweep } from '../sweep/prepare.ts'
import { runSweep, type SweepOptions } from '../sweep/sweep.ts'
import { membersOn } from './follow.ts'
import { askForMore } from './grow.ts'
import { LOOK_MS } from './lease.ts'
import { openQueue } from './open-queue.ts'
import { seenStore } from './shelves.ts'
import { workedHere } from './worked-here.ts'

export interface QueueOptions extends SweepOptions {
  /** URL of a PostgreSQL database, or a folder whose jobs are done in this process. */
  readonly queue: string
  /** Jobs with higher ones are taken first; default: 0. */
  readonly priority?: number | undefined
  /** Folder that all machines share, for the files of jobs; default: the database. */
  readonly store?: string | undefined
}

/** What a sweep on a queue says: that of another, or that its members are now those of one that runs. */
export type QueueSweepEvent =
  | SweepEvent
  | { readonly kind: 'joined'; readonly path: string; readonly members: number }

/** A sweep whose members are jobs of a queue; its folder is that of a sweep without one. Errors: `queue/…`. */
export async function* sweepOnQueue(
  draft: SweepDraft<AnyDraft>,
  options: QueueOptions,
): AsyncGenerator<QueueSweepEvent, void, undefined> {
  const { out, parts, jobs = 1, signal } = options
  if (draft.warmStart) refuseWarm()
  const prepared = await prepareSweep(draft, jobs, { out, parts, grows: true })
  const request = await askForMore(prepared)
  for (;;) {
    try {
      yield* swept(prepared, options)
      return
    } catch (error) {
      const isBusy = error instanceof BetavaeError && error.code === 'runs/busy'
      if (!request || !isBusy) {
        await request?.withdraw()
        throw error
      }
    }
    if (!request.isOpen()) {
      yield { kind: 'joined', path: `${out}`, members: request.members }
      return
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
    if (signal?.aborted) {
      await request.withdraw()
      yield { kind: 'end', reason: 'interrupted', path: `${out}` }
      return
    }
  }
}

async function* swept(
  prepared: PreparedSweep,
  { queue: place, priority, store, ...options }: QueueOptions,
): AsyncGenerator<SweepEvent, void, undefined> {
  const { jobs = 1, signal } = options
  const how = { place, priority, store: store === undefined ? undefined : seenStore(resolve(store)) }
  await using queue = await openQueue(place, signal ? { signal } : {})
  yield* workedHere(queue, { jobs, signal }, (stop) =>
    runSweep(prepared, { ...options, signal: stop }, membersOn(queue, how)),
  )
}

const refuseWarm = (): never =>
  fail({
    code: 'queue/warm-start',
    seen: '--warm-start beside --queue',
    wanted: 'members that wait for no other',
    fix: 'leave one of them out',
    usage: true,
  })
