import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../../base/errors.ts'
import type { WarningEvent } from '../../../train/events.ts'
import { idleWarning } from './idle.ts'
import { addJob, type Job, jobs as listed } from './jobs.ts'
import { LOOK_MS } from './lease.ts'
import type { Queue } from './open-queue.ts'
import type { PartTask } from './part-work.ts'
import { retryJob, takenJob } from './tend.ts'

/** What is said while parts are made. */
export type PartEvent =
  | { readonly kind: 'part'; readonly name: string; readonly rows: number; readonly worker: string | null }
  | WarningEvent

/** Puts parts that are to be made into a queue, and follows them until all are at rest. Error: `queue/aside`. */
export async function* partsOnQueue(
  queue: Queue,
  tasks: readonly PartTask[],
  { place, signal }: { readonly place: string; readonly signal: AbortSignal },
): AsyncGenerator<PartEvent, void, undefined> {
  const put = await putParts(queue, tasks, signal)
  const awaited = new Set(put.keys())
  const idle = idleWarning(queue, place)
  const aside: Job[] = []
  while (awaited.size > 0 && !signal.aborted) {
    const found = await listed(queue, [...awaited])
    // What somebody cleaned away meanwhile is put there again.
    const there = new Set(found.map(({ key }) => key))
    for (const key of awaited)
      if (!there.has(key)) await addJob(queue, { kind: 'part', task: put.get(key) as PartTask })
    const warning = await idle(found)
    if (warning) yield warning
    for (const job of found) {
      if (job.state === 'waiting' || job.state === 'running') continue
      awaited.delete(job.key)
      if (job.outcome && 'written' in job.outcome) {
        await takenJob(queue, job.key)
        yield { kind: 'part', name: job.name, rows: job.outcome.written.rows, worker: job.worker }
      } else aside.push(job)
    }
    if (awaited.size > 0) await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
  if (aside.length > 0) refuseAside(aside)
}

/**
 * Parts by the keys of their jobs. What is done is done again, since what it has written is no longer there, and what
 * was set aside is tried again.
 */
async function putParts(
  queue: Queue,
  tasks: readonly PartTask[],
  signal: AbortSignal,
): Promise<Map<string, PartTask>> {
  const parts = new Map<string, PartTask>()
  for (const task of tasks) {
    if (signal.aborted) break
    parts.set(await addJob(queue, { kind: 'part', task }), task)
  }
  for (const job of await listed(queue, [...parts.keys()])) await retryJob(queue, job)
  return parts
}

function refuseAside(aside: readonly Job[]): never {
  const [{ name, state, error }] = aside
  return fail({
    code: 'queue/aside',
    seen: `${aside.length === 1 ? '1 part' : `${aside.length} parts`} without an end, first ${name}: ${state}${error ? ` (${error.message})` : ''}`,
    wanted: 'parts that are done',
    fix: 'mend that, then begin the same command again',
  })
}
