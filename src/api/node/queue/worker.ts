import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { EngineName } from '../../../engine/engine.ts'
import { beatFor, type Ended, type Working } from './beats.ts'
import { type Claim, claimJob, failJob, finishJob } from './claims.ts'
import { isEmpty } from './jobs.ts'
import { LOOK_MS } from './lease.ts'
import type { Queue } from './open-queue.ts'
import { makeScratch, removeDeadScratch } from './scratch.ts'
import { tendQueue } from './tend.ts'
import { trainMember } from './train-member.ts'

/** What a worker says. */
export interface WorkerEvent {
  readonly kind: 'taken' | Ended['kind']
  readonly job: string
  readonly name: string
  readonly reason?: string
}

export interface WorkerOptions {
  /** Jobs at once; default: 1. */
  readonly jobs?: number
  /** Ends when nothing waits or runs that it could take. */
  readonly untilEmpty?: boolean
  /** Engine whose jobs alone are taken; default: any. */
  readonly engine?: EngineName | undefined
  /** Where the folder is on this machine that all share, where whoever put jobs there calls it otherwise. */
  readonly store?: string | undefined
  readonly signal: AbortSignal
  readonly tell?: (event: WorkerEvent) => void
  /** What does kinds of jobs besides members of sweeps. */
  readonly kinds?: Readonly<Record<string, Perform>>
}

/** Does a job in a folder of its own, as far as the signals let it; says how that ended. An error counts as a failure. */
export type Perform = (queue: Queue, claim: Claim, folder: string, working: Working) => Promise<Ended>

/** Takes jobs until the signal fires, each into a folder of its own that is removed again. */
export async function work(queue: Queue, options: WorkerOptions): Promise<void> {
  const { jobs = 1, untilEmpty = false, engine, store, signal } = options
  const name = `${hostname()}:${process.pid}`
  using _tending = tendQueue(queue)
  await removeDeadScratch()
  let errors = 0
  const rest = (milliseconds: number) => sleep(milliseconds, undefined, { signal }).catch(() => undefined)
  const serve = async () => {
    while (!signal.aborted) {
      const claim = await claimJob(queue, name, { engine })
      if (claim) {
        const here = claim.store !== null && store !== undefined ? { ...claim, store } : claim
        const { isError, ...ended } = await performed(queue, here, options)
        errors = isError ? errors + 1 : 0
        options.tell?.(ended)
      } else if (!(untilEmpty && (await isEmpty(queue, engine)))) await rest(LOOK_MS)
      if (untilEmpty && (await isEmpty(queue, engine))) return
      if (errors > 0) await rest(pauseAfter(errors))
    }
  }
  await Promise.all(Array.from({ length: jobs }, serve))
}

/** A worker on which everything fails, as where its data are missing, leaves jobs to others. */
const pauseAfter = (errors: number): number => Math.min(500 * 4 ** (errors - 1), 30_000)

async function performed(
  queue: Queue,
  claim: Claim,
  { signal, tell, kinds }: WorkerOptions,
): Promise<WorkerEvent & { readonly isError?: boolean }> {
  const said = { job: claim.key, name: claim.work.task.name }
  if (claim.isFinished) {
    await finishJob(queue, claim)
    return { kind: 'finished', ...said }
  }
  tell?.({ kind: 'taken', ...said })
  const beats = beatFor(queue, claim)
  try {
    await using scratch = await makeScratch()
    const known: Readonly<Record<string, Perform | undefined>> = { ...kinds, 'sweep member': trainMember }
    const perform = known[claim.work.kind] ?? refuseKind(claim)
    return {
      ...said,
      ...(await perform(queue, claim, join(scratch.path, folderName(said.name)), { signal, beats })),
    }
  } catch (error) {
    const { code = 'queue/error', message } =
      error instanceof BetavaeError ? error : { message: `${(error as Error).message}` }
    await failJob(queue, claim, { code, message })
    return { kind: 'failed', ...said, reason: message, isError: true }
  } finally {
    await beats.stop()
  }
}

/** A name in the queue may be anybody's: what it leads to lies in the folder that is the job's own. */
function folderName(name: string): string {
  const last = basename(name)
  return ['', '.', '..'].includes(last) ? 'job' : last
}

const refuseKind = ({ work }: Claim): never =>
  fail({
    code: 'queue/kind',
    seen: `a job of the kind "${work.kind}"`,
    wanted: 'a kind that this worker knows',
    fix: 'start workers with betavae worker',
  })
