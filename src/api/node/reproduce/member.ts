import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { fail } from '../../../base/errors.ts'
import { jsonText } from '../../../base/schema.ts'
import type { Evaluation } from '../../../evaluate/evaluation.ts'
import type { Recipe, RecipeDraft } from '../../../recipe/recipe.ts'
import type { Numbers, Schedule } from '../../../reproduce/reproduction.ts'
import { openRun, type RunDirectory, standingRun } from '../../../runs/node/store.ts'
import { endingOf, evaluateOpened, openRunModel } from '../opened-run.ts'
import { completeDraft, resumeRun, trainRun } from '../run.ts'
import { withPlace } from '../run-data.ts'
import type { ReproduceEvent } from './events.ts'
import { trainingSeconds } from './seconds.ts'

/** A member, and where it is. */
export interface MemberTask {
  readonly name: string
  /** Folder of the run. */
  readonly path: string
  readonly draft: RecipeDraft
  readonly judge: Schedule['judge']
  /** Of the experiment that it belongs to. */
  readonly plan: string
}

const JUDGED = 'judged.json'

const judgedSchema = z.strictObject({
  plan: z.string(),
  /** Of training and judging. */
  seconds: z.number().check(z.minimum(0)),
  engine: z.string(),
  threads: z.int().check(z.positive()),
  numbers: z.record(z.string(), z.number()),
})

/** What a member came to, and what that took. */
export type JudgedMember = Readonly<z.infer<typeof judgedSchema>>

/** Brings a member to its end from wherever it stands, and judges it; undefined where the signal stopped that. */
export async function* runMember(
  task: MemberTask,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReproduceEvent, JudgedMember | undefined, undefined> {
  const { name, path } = task
  const standing = await openMember(task)
  const isKept = standing !== undefined && (await endingOf(standing)) !== undefined
  yield { kind: 'member', member: name, state: isKept ? 'kept' : standing ? 'resumed' : 'begun' }
  if (!isKept) {
    const training = standing ? resumeRun(path, { signal }) : trainRun(task.draft, { out: path, signal })
    for await (const event of training) yield { kind: 'training', member: name, event }
    if ((await training).reason === 'interrupted') return undefined
  }
  const directory = await openRun(path)
  const known = jsonText(judgedSchema).safeParse(new TextDecoder().decode(await directory.read(JUDGED)))
  if (known.success && known.data.plan === task.plan) return known.data
  yield { kind: 'judging', member: name }
  try {
    const judged = await judge(directory, task, signal)
    await directory.write(JUDGED, `${JSON.stringify(judged, null, 2)}\n`)
    return judged
  } catch (error) {
    if (signal?.aborted) return undefined
    throw error
  }
}

/** The run of a member, where it has begun and is this one. */
async function openMember({ path, draft }: MemberTask): Promise<RunDirectory | undefined> {
  const directory = await standingRun(path)
  if (!directory) return undefined
  const { recipe } = await completeDraft(draft)
  if (!isDeepStrictEqual(comparable(directory.recipe), comparable(withPlace(recipe))))
    fail({
      code: 'reproduce/foreign-run',
      seen: `run "${path}" with another recipe`,
      wanted: 'the run that this reproduction began',
      fix: 'move that folder away, and reproduce again',
    })
  return directory
}

/** As JSON has it; the engine may be any. */
const comparable = ({ engine: _, ...recipe }: Recipe): unknown => JSON.parse(JSON.stringify(recipe))

async function judge(
  directory: RunDirectory,
  { path, judge, plan }: MemberTask,
  signal: AbortSignal | undefined,
): Promise<JudgedMember> {
  const began = performance.now()
  using run = await openRunModel(path)
  const numbers =
    'measure' in judge
      ? await judge.measure({ model: run.model, values: run.trained.values })
      : numbersOf(await evaluateOpened(run, { ...judge, ...(signal ? { signal } : {}) }))
  return {
    plan,
    seconds: trainingSeconds(await directory.events()) + (performance.now() - began) / 1000,
    engine: run.engine.name,
    threads: run.engine.threads,
    numbers,
  }
}

/** The numbers of an evaluation that targets are about. */
function numbersOf({ reconstruction, kl, elbo, nll, metrics = {} }: Evaluation): Numbers {
  const scores = Object.entries(metrics).map(([name, { score }]) => [name, score])
  return {
    reconstruction,
    ...(kl === null ? {} : { kl }),
    ...(elbo === null ? {} : { elbo }),
    ...(nll
      ? { nll: nll.estimate, ...(nll.standardError === null ? {} : { nllError: nll.standardError }) }
      : {}),
    ...Object.fromEntries(scores),
  }
}
