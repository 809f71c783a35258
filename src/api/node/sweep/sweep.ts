import { join } from 'node:path'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { Part } from '../../../base/parts.ts'
import type { Shard } from '../../../data/tables/row-block.ts'
import type { WithParts } from '../../../recipe/bring.ts'
import type { AnyDraft } from '../../../recipe/draft.ts'
import type { CheckedRecipe, Draft } from '../../../recipe/typed-draft.ts'
import { lockRun } from '../../../runs/node/lock.ts'
import { nextFree } from '../../../runs/node/store.ts'
import { type Frontier, frontierOf } from '../../../sweep/frontier.ts'
import { createFirst, createSweep, openSweep, type SweepDirectory } from '../../../sweep/node/store.ts'
import { type Member, memberRecipe, membersOf, membersOfShard, type SweepDraft } from '../../../sweep/plan.ts'
import type { MemberScore } from '../../../sweep/score.ts'
import { withPlace } from '../run-data.ts'
import { agreementOf } from './agreement.ts'
import type { SweepEvent } from './events.ts'
import { mailbox } from './mailbox.ts'
import { isJudged, type MemberTask, runMember } from './member.ts'
import { writeFrontier } from './page.ts'
import { type PreparedSweep, prepareStanding, prepareSweep } from './prepare.ts'
import { inTurn } from './schedule.ts'
import { runInThread } from './thread.ts'

/** Where a sweep lies, and how many members train at once. */
export interface SweepOptions<Parts extends readonly Part[] = readonly Part[]> extends WithParts<Parts> {
  /** Folder of the sweep, new or with a part of this same sweep; default: the next free `runs/<data>-sweep-<n>`. */
  readonly out?: string
  /** Members that are trained at once, each in a thread with its share of the cores; default: 1. */
  readonly jobs?: number
  readonly signal?: AbortSignal
}

type Sweeping = AsyncGenerator<SweepEvent, void, undefined>

/** `sweep` as its types know drafts. @inline */
export type Sweep = {
  <const Parts extends readonly Part[] = readonly []>(
    draft: SweepDraft<Draft<Parts>>,
    options?: SweepOptions<Parts>,
  ): Sweeping
  (draft: SweepDraft<CheckedRecipe>, options?: SweepOptions): Sweeping
}

/** The same for drafts as plain data. @inline */
export type SweepPlain = (draft: SweepDraft, options?: SweepOptions) => Sweeping

/** Trains a recipe at several β and seeds; see `betavae/runs`. */
export const sweep: Sweep & SweepPlain = async function* (
  draft: SweepDraft<AnyDraft>,
  options: SweepOptions = {},
): Sweeping {
  const { out, jobs = 1, parts } = options
  checkJobs(jobs)
  yield* runSweep(await prepareSweep(draft, jobs, { out, parts }), options)
}

/** Goes on with a sweep on disk. Errors: `sweep/not-a-sweep`, `sweep/invalid`, and those of `sweep`. */
export async function* resumeSweep(
  path: string,
  options: Omit<SweepOptions, 'out'> = {},
): AsyncGenerator<SweepEvent, void, undefined> {
  checkJobs(options.jobs ?? 1)
  yield* runSweep(await prepareStanding(path, options), { ...options, out: path })
}

/**
 * Trains and judges the members of one shard of a sweep, in the folder that all shards share; `resumeSweep` draws the
 * frontier once all are there. Nothing is locked but each member, so shards may run at once.
 */
export async function* sweepShard(
  draft: SweepDraft<AnyDraft>,
  shard: Shard,
  options: SweepOptions & { readonly out: string },
): AsyncGenerator<SweepEvent, void, undefined> {
  const { out, jobs = 1, parts, signal } = options
  checkJobs(jobs)
  const first = await prepareSweep(draft, jobs, { out, parts })
  const isOurs = first.standing !== undefined || (await createFirst(out, first.plan))
  const prepared = isOurs ? first : await prepareSweep(draft, jobs, { out, parts })
  const directory = prepared.standing ?? (await openSweep(out))
  const own = membersOfShard(prepared.plan, shard)
  yield { kind: 'sweep', path: out, split: prepared.split, members: own }
  if (prepared.warning) yield { kind: 'warning', ...prepared.warning }
  yield* members(directory, prepared, { own, jobs, signal }, { scores: new Map(), failed: new Map() })
}

/** Members of a sweep that have not been trained to their end and judged. */
export async function unfinishedMembers(path: string): Promise<Member[]> {
  const { plan, members } = await openSweep(path)
  const areThere = await Promise.all(
    membersOf(plan).map(async (member) => ({ member, isThere: await isJudged(join(members, member.name)) })),
  )
  return areThere.flatMap(({ member, isThere }) => (isThere ? [] : [member]))
}

function checkJobs(jobs: number): void {
  if (!(Number.isSafeInteger(jobs) && jobs >= 1))
    fail({
      code: 'sweep/jobs',
      seen: `${jobs} jobs`,
      wanted: 'a whole number of at least 1',
      fix: 'give how many members are trained at once, at most one for each core',
      usage: true,
    })
}

/** What became of the members. */
export interface Outcomes {
  readonly scores: Map<string, MemberScore>
  readonly failed: Map<string, string>
}

/** How members are brought to their ends; their events come as they happen. */
export type Members = typeof members

/** Runs what was made ready, its members here or elsewhere. */
export async function* runSweep(
  prepared: PreparedSweep,
  { out, jobs = 1, signal }: SweepOptions,
  work: Members = members,
): AsyncGenerator<SweepEvent, void, undefined> {
  const { plan, split, standing, warning } = prepared
  const path = out ?? (await nextFree(plan.recipe, 'sweep'))
  await using lock = await lockRun(path)
  const directory = standing ?? (await createSweep(path, plan))
  const outcomes: Outcomes = { scores: new Map(), failed: new Map() }
  yield { kind: 'sweep', path, split, members: membersOf(plan) }
  if (warning) yield { kind: 'warning', ...warning }
  yield* work(directory, prepared, { jobs, signal }, outcomes)
  // On a queue a sweep may have grown meanwhile.
  const grown = { ...prepared, plan: (await openSweep(path)).plan }
  const frontier = signal?.aborted ? undefined : await drawn(directory, grown, outcomes, signal)
  await lock.stillOurs()
  yield frontier
    ? {
        kind: 'end',
        reason: 'finished',
        path,
        report: await writeFrontier(directory, frontier),
        frontier,
      }
    : { kind: 'end', reason: 'interrupted', path }
}

/** The frontier; undefined where the signal fires meanwhile. */
async function drawn(
  directory: SweepDirectory,
  { plan, data, parts, split }: PreparedSweep,
  { scores, failed }: Outcomes,
  signal?: AbortSignal,
): Promise<Frontier | undefined> {
  if (scores.size === 0) refuseEmpty(failed)
  try {
    const agreement = await agreementOf({ plan, members: directory.members }, scores, parts[split], signal)
    return frontierOf({ plan, data, scores, failed, ...(agreement ? { agreement } : {}) })
  } catch (error) {
    if (signal?.aborted) return undefined
    throw error
  }
}

/** Trains and judges members, by default all; their events come as they happen. */
async function* members(
  directory: SweepDirectory,
  prepared: PreparedSweep,
  {
    own: some = membersOf(prepared.plan),
    jobs,
    signal: given,
  }: {
    readonly own?: readonly Member[]
    readonly jobs: number
    readonly signal: AbortSignal | undefined
  },
  outcomes: Outcomes,
): AsyncGenerator<SweepEvent, void, undefined> {
  const own = new AbortController()
  const stop = () => own.abort()
  const signal = given ? AbortSignal.any([own.signal, given]) : own.signal
  const mail = mailbox<SweepEvent>()
  const following = { emit: mail.put, signal }
  const perform = async (member: Member) => {
    const reason = await failureOf(member, outcomes, async () => {
      const task = taskOf(member, directory, prepared)
      const score = await (jobs > 1 ? runInThread(task, following) : runMember(task, following))
      if (!score) return
      outcomes.scores.set(member.name, score)
      mail.put({ kind: 'judged', member: member.name, score })
    })
    if (!reason) return
    outcomes.failed.set(member.name, reason.message)
    mail.put({ kind: 'failed', member: member.name, code: reason.code, reason: reason.message })
  }
  const work = inTurn(some, jobs, { signal, stop }, perform)
  try {
    yield* mail.readUntil(work)
  } finally {
    // A reader that leaves early takes the work with it.
    stop()
    await work.catch(() => undefined)
  }
}

/** Why a member could not be trained, where its numbers ran away or it has nothing to start from. */
async function failureOf(
  { name, from }: Member,
  { failed }: Outcomes,
  work: () => Promise<void>,
): Promise<BetavaeError | undefined> {
  if (from !== undefined && failed.has(from))
    return new BetavaeError({
      code: 'sweep/no-start',
      seen: `${name} without ${from}, whose parameters it starts from`,
      wanted: 'that member to be trained',
      fix: 'sweep without --warm-start, or mend what is wrong there',
    })
  try {
    await work()
  } catch (error) {
    if (error instanceof BetavaeError && error.code === 'train/not-finite') return error
    throw error
  }
}

/** What one member takes. */
export const taskOf = (
  member: Member,
  { members }: SweepDirectory,
  { plan, split, hasFactors }: PreparedSweep,
): MemberTask => ({
  name: member.name,
  path: join(members, member.name),
  recipe: withPlace(memberRecipe(plan, member, members)),
  split,
  hasFactors,
})

const refuseEmpty = (failed: ReadonlyMap<string, string>): never =>
  fail({
    code: 'sweep/all-failed',
    seen: `no member that could be trained (${[...failed.values()][0]})`,
    wanted: 'at least one',
    fix: 'mend what is wrong there, and sweep into another folder',
  })
