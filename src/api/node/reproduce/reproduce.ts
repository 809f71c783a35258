import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { writeNpy } from '../../../data/formats/npy.ts'
import { version } from '../../../export/version.ts'
import { planDigest, type ReproductionRecord } from '../../../reproduce/record.ts'
import {
  type Judged,
  type Member,
  OWN_ROWS,
  type Reproduction,
  type Schedule,
  type ScheduleName,
  usualSchedule,
} from '../../../reproduce/reproduction.ts'
import { allReproductions } from '../../../reproduce/results/index.ts'
import { weigh } from '../../../reproduce/weigh.ts'
import { writeWhole } from '../../../runs/node/files.ts'
import { lockRun } from '../../../runs/node/lock.ts'
import { openRecipeEngine } from '../../platform.ts'
import { nodePlatform } from '../platform.ts'
import { completeDraft } from '../run.ts'
import type { ReproduceEvent, ReproductionResult } from './events.ts'
import { type JudgedMember, runMember } from './member.ts'
import { type ReproductionPlace, threadsIn, writePlace } from './place.ts'

/** How a published result is reproduced. */
export interface ReproduceOptions {
  /** Default: the short one, where there is one. */
  readonly schedule?: ScheduleName
  /** Folder, new or with a part of this same reproduction; default: `runs/reproduce-<id>-<schedule>`. */
  readonly out?: string
  /** CPU threads of the engine; default: all there are. */
  readonly threads?: number
  readonly signal?: AbortSignal
}

/**
 * Repeats a published result: trains and judges what it is about, and compares what comes out with what was
 * published.
 *
 * Each member is an ordinary run under `members/`; what is finished in the folder is kept, and what has begun
 * goes on. The last event has the result, which is `result.json`, too. Errors: `reproduce/unknown`,
 * `reproduce/schedule`, `reproduce/other`, `reproduce/threads`, `runs/exists`, `runs/busy`, and those of
 * training.
 */
export async function* reproduce(
  id: string,
  options: ReproduceOptions = {},
): AsyncGenerator<ReproduceEvent, void, undefined> {
  yield* runReproduction(reproductionOf(id), options)
}

function reproductionOf(id: string): Reproduction {
  const known = allReproductions.find((reproduction) => reproduction.id === id)
  if (known) return known
  return fail({
    code: 'reproduce/unknown',
    seen: `unknown result "${id}"`,
    wanted: allReproductions.map((reproduction) => reproduction.id).join(', '),
    fix: 'name one of those; betavae reproduce tells of each',
    usage: true,
  })
}

/** `reproduce` for any result, listed or not. */
export async function* runReproduction(
  reproduction: Reproduction,
  { schedule: name = usualSchedule(reproduction), signal, ...options }: ReproduceOptions,
): AsyncGenerator<ReproduceEvent, void, undefined> {
  const { id } = reproduction
  const schedule = reproduction.schedules[name] ?? noSchedule(reproduction, name)
  const path = options.out ?? join('runs', `reproduce-${id}-${name}`)
  const plan = planDigest(schedule)
  const asked: ReproductionPlace = { id, schedule: name, plan, threads: options.threads ?? null }
  const place = { ...asked, threads: await threadsIn(path, asked) }
  await checkBeforehand(schedule, place)
  await using lock = await lockRun(path)
  await writePlace(path, place)
  if (schedule.rows) await writeWhole(join(path, OWN_ROWS), writeNpy(schedule.rows()))
  const members = schedule.members.map((member) => member.name)
  yield { kind: 'reproduction', id, schedule: name, path, members }
  const judged = new Map<string, JudgedMember>()
  for (const member of schedule.members) {
    const task = {
      name: member.name,
      path: join(path, 'members', member.name),
      draft: draftOf(member, path, place),
      judge: schedule.judge,
      plan,
    }
    const found = yield* runMember(task, signal)
    if (!found) return yield { kind: 'end', reason: 'interrupted', path }
    await lock.stillOurs()
    judged.set(member.name, found)
    yield { kind: 'judged', member: member.name, numbers: found.numbers }
  }
  const result = resultOf(schedule, place, judged)
  await writeWhole(join(path, 'result.json'), `${JSON.stringify(result, null, 2)}\n`)
  yield { kind: 'end', reason: 'finished', path, result }
}

const noSchedule = ({ id, schedules }: Reproduction, name: string): never =>
  fail({
    code: 'reproduce/schedule',
    seen: `schedule "${name}" of ${id}`,
    wanted: Object.keys(schedules).join(', '),
    fix: 'name one that it has, or leave --schedule out',
    usage: true,
  })

/** What can be refused is refused before anything is written: missing data, an engine that is not there. */
async function checkBeforehand(
  { members: [first], rows }: Schedule,
  { threads }: ReproductionPlace,
): Promise<void> {
  const engine = { name: 'auto', ...(threads === null ? {} : { threads }) } as const
  await openRecipeEngine(nodePlatform, { engine })
  if (!rows) await completeDraft(first.recipe)
}

const draftOf = ({ recipe }: Member, path: string, { threads }: ReproductionPlace): Member['recipe'] => ({
  ...recipe,
  ...(recipe.data.source === OWN_ROWS ? { data: { ...recipe.data, source: join(path, OWN_ROWS) } } : {}),
  ...(threads === null ? {} : { engine: { threads } }),
})

function resultOf(
  schedule: Schedule,
  { id, schedule: name, plan }: ReproductionPlace,
  members: ReadonlyMap<string, JudgedMember>,
): ReproductionResult {
  const judged: Judged = Object.fromEntries([...members].map(([member, { numbers }]) => [member, numbers]))
  const [{ engine, threads }] = members.values()
  const record: ReproductionRecord = {
    id,
    schedule: name,
    plan,
    betavae: version,
    engine,
    threads,
    processor: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
    seconds: Math.round([...members.values()].reduce((sum, { seconds }) => sum + seconds, 0) * 10) / 10,
    judged: judged as ReproductionRecord['judged'],
  }
  const results = weigh(schedule, judged)
  return { ...record, results, verdict: results.every(({ hit }) => hit) ? 'hit' : 'miss' }
}
