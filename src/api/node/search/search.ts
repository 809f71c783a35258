import { join } from 'node:path'
import { BetavaeError, fail } from '../../../base/errors.ts'
import type { WithParts } from '../../../recipe/bring.ts'
import { NOT_FINITE } from '../../../runs/journal.ts'
import { lockRun } from '../../../runs/node/lock.ts'
import { nextFree } from '../../../runs/node/store.ts'
import { METRICS } from '../../../statistics/metrics/index.ts'
import { createSearch, type SearchDirectory } from '../../../sweep/node/search-store.ts'
import type { JudgedScore } from '../../../sweep/score.ts'
import type { Best, Measures } from '../../../sweep/search/best.ts'
import { type Climb, nextClimb } from '../../../sweep/search/ladder.ts'
import { stepsTo } from '../../../sweep/search/plan.ts'
import { judgedIn, rankingOf, type SearchResult } from '../../../sweep/search/ranking.ts'
import { type Mailbox, mailbox } from '../sweep/mailbox.ts'
import { type MemberTask, runMember } from '../sweep/member.ts'
import { runInThread } from '../sweep/thread.ts'
import type { SearchEvent } from './events.ts'
import { type PreparedSearch, prepareSearch, prepareStandingSearch, type SearchDraft } from './prepare.ts'
import { writeRanking } from './write.ts'

/** Where a search lies, and how many members train at once. */
export interface SearchOptions extends WithParts {
  readonly out?: string | undefined
  readonly jobs?: number
  readonly signal?: AbortSignal
}

type Searching = AsyncGenerator<SearchEvent, void, undefined>

/** What one climb came to: a score, nothing where it was interrupted, or why its numbers ran away. */
export type Climbed = JudgedScore | BetavaeError | undefined

/** How members are brought up to a rung. */
export interface Climber {
  /** Whether somebody would rest who could do this. */
  hasRoom(climb: Climb, running: number): boolean
  /** Until something has changed. */
  wait(running: readonly Promise<void>[]): Promise<unknown>
  climb(
    task: MemberTask,
    climb: Climb,
    emit: (event: SearchEvent) => void,
    signal: AbortSignal,
  ): Promise<Climbed>
}

/** Trains members over the options of a training; the best ones to their ends. */
export async function* search(draft: SearchDraft, options: SearchOptions = {}): Searching {
  const { out, jobs = 1, parts } = options
  yield* runSearch(await prepareSearch(draft, { out, jobs, ...(parts && { parts }) }), options, here(jobs))
}

/** Goes on with a search on disk. */
export async function* resumeSearch(path: string, options: Omit<SearchOptions, 'out'> = {}): Searching {
  const prepared = await prepareStandingSearch(path, options)
  yield* runSearch(prepared, { ...options, out: path }, here(options.jobs ?? 1))
}

const here = (jobs: number): Climber => ({
  hasRoom: (_, running) => running < jobs,
  wait: (running) => Promise.race(running),
  climb: (task, _, emit, signal) =>
    (jobs > 1 ? runInThread : runMember)(task, { emit, signal }).catch(finiteOr),
})

/** Numbers that run away are a result; any other error is thrown. */
export function finiteOr(error: unknown): BetavaeError {
  if (error instanceof BetavaeError && error.code === NOT_FINITE) return error
  throw error
}

/** Runs what was made ready. */
export async function* runSearch(
  prepared: PreparedSearch,
  { out, signal: given }: SearchOptions,
  climber: Climber,
): Searching {
  const { plan, best, data, split, standing, warning } = prepared
  const path = out ?? (await nextFree(plan.members[0].recipe, 'sweep'))
  await using _lock = await lockRun(path)
  const directory = standing ?? (await createSearch(path, plan))
  const results = [...(await directory.results())]
  const members = plan.members.map(({ name }) => name)
  yield { kind: 'search', path, split, members, rungs: plan.halving.rungs, shown: best.shown }
  if (warning) yield { kind: 'warning', ...warning }
  const own = new AbortController()
  const signal = given ? AbortSignal.any([given, own.signal]) : own.signal
  const mail = mailbox<SearchEvent>()
  const stop = () => own.abort()
  const work = climbAll({ directory, prepared, climber, results, mail, signal, stop })
  try {
    yield* mail.readUntil(work)
  } finally {
    stop()
    await work.catch(() => undefined)
  }
  if (given?.aborted) return yield { kind: 'end', reason: 'interrupted', path }
  if (results.every(({ measures }) => measures === null)) refuseEmpty(results)
  const ranking = rankingOf(plan, results, best, { data, split })
  const report = await writeRanking(directory, ranking)
  yield { kind: 'end', reason: 'finished', path, report, ranking }
}

const refuseEmpty = ([first]: readonly SearchResult[]): never =>
  fail({
    code: 'sweep/all-failed',
    seen: `no member that could be trained (${first?.reason})`,
    wanted: 'at least one',
    fix: 'mend what is wrong there, and sweep into another folder',
  })

interface Climbing {
  readonly directory: SearchDirectory
  readonly prepared: PreparedSearch
  readonly climber: Climber
  readonly results: SearchResult[]
  readonly mail: Mailbox<SearchEvent>
  readonly signal: AbortSignal
  /** Ends what is at work. */
  stop(): void
}

/** Climbs until nothing is left to climb, up to so many at once; the first error stops all. */
async function climbAll({
  directory,
  prepared,
  climber,
  results,
  mail,
  signal,
  stop,
}: Climbing): Promise<void> {
  const { plan, best } = prepared
  const running = new Map<Climb, Promise<void>>()
  let kept: Promise<void> = Promise.resolve()
  const start = (climb: Climb) => {
    const task = taskOf(climb, directory, prepared)
    const { until = 0 } = task.search ?? {}
    const work = climber.climb(task, climb, mail.put, signal).then((came) => {
      running.delete(climb)
      if (came === undefined) return
      if (!(came instanceof BetavaeError)) checkShown(best, came.measures ?? {})
      results.push({ member: task.name, rung: climb.rung, step: until, ...said(came) })
      // One after the other, so that the last one has all.
      kept = kept.then(() => directory.keep(results))
      mail.put(eventOf(task, climb, came))
    })
    running.set(climb, work)
  }
  const next = () => {
    if (signal.aborted) return undefined
    const judged = judgedIn(plan, results, best)
    const climb = nextClimb(plan.members.length, plan.halving, judged, [...running.keys()])
    return climb && climber.hasRoom(climb, running.size) ? climb : undefined
  }
  try {
    for (;;) {
      const climb = next()
      if (climb) start(climb)
      else if (running.size > 0) await climber.wait([...running.values()])
      else return
    }
  } finally {
    stop()
    await Promise.allSettled(running.values())
    await kept
  }
}

/** Error (usage): `search/no-number`, where members have nothing of what they are to be ordered by. */
function checkShown({ shown, text }: Best, measures: Measures): void {
  if (measures[shown] !== undefined) return
  fail({
    code: 'search/no-number',
    seen: `--best ${text}, a number that an evaluation of these members does not have`,
    wanted: Object.keys(measures).join(', '),
    fix: 'choose one of these, and another folder',
    usage: true,
  })
}

const said = (came: JudgedScore | BetavaeError): Pick<SearchResult, 'measures' | 'reason'> =>
  came instanceof BetavaeError ? { measures: null, reason: came.message } : { measures: came.measures ?? {} }

const eventOf = (
  { name, recipe, search }: MemberTask,
  { rung }: Climb,
  came: JudgedScore | BetavaeError,
): SearchEvent =>
  came instanceof BetavaeError
    ? { kind: 'failed', member: name, code: came.code, reason: came.message }
    : {
        ...{ kind: 'climbed', member: name, rung, step: search?.until ?? 0, steps: recipe.training.steps },
        measures: came.measures ?? {},
      }

/** Draws of each posterior for `nll`. */
const NLL_DRAWS = 64

/** What one climb takes. */
function taskOf(
  { member, rung }: Climb,
  { members }: SearchDirectory,
  { plan, best, split, hasFactors }: PreparedSearch,
): MemberTask {
  const { name, recipe } = plan.members[member]
  const metrics = METRICS.map((metric) => metric.name).filter((metric) => metric === best.shown)
  return {
    ...{ name, path: join(members, name), recipe, split, hasFactors },
    search: {
      until: stepsTo(plan, member, rung),
      metrics,
      ...(best.shown === 'nll' ? { nll: NLL_DRAWS } : {}),
    },
  }
}
