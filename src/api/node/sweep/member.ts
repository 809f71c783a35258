import { isDeepStrictEqual } from 'node:util'
import { fail } from '../../../base/errors.ts'
import { jsonText } from '../../../base/schema.ts'
import type { Recipe } from '../../../recipe/recipe.ts'
import { logged } from '../../../runs/journal.ts'
import { openRun, type RunDirectory, standingRun } from '../../../runs/node/store.ts'
import { type JudgedScore, judgedSchema, scoreOf } from '../../../sweep/score.ts'
import { measuresOf } from '../../../sweep/search/best.ts'
import type { EvaluateOptions, SplitName } from '../../evaluate.ts'
import { endingOf, evaluateRun } from '../opened-run.ts'
import { partsAtHand } from '../parts.ts'
import { resumeRun, trainRun } from '../run.ts'
import type { MemberEvent } from './events.ts'

/** All that it takes to train and judge one member; plain data, so that another thread can be told. */
export interface MemberTask {
  readonly name: string
  /** Folder of the run. */
  readonly path: string
  readonly recipe: Recipe
  readonly split: SplitName
  /** Whether the rows have factors to be told apart. */
  readonly hasFactors: boolean
  /** Of a search: the step up to which it is trained now, and what it is judged by besides its loss. */
  readonly search?: {
    readonly until: number
    readonly metrics: readonly string[]
    readonly nll?: number | undefined
  }
}

export interface Following {
  readonly emit: (event: MemberEvent) => void
  readonly signal: AbortSignal
}

const SCORE = 'judged.json'

/** Whether the member in a folder has come to its end. */
export const isJudged = async (path: string): Promise<boolean> =>
  (await (await standingRun(path))?.read(SCORE)) !== undefined

/** Brings a member to its end from wherever it stands, and judges it; undefined where it was interrupted. */
export async function runMember(task: MemberTask, following: Following): Promise<JudgedScore | undefined> {
  const { emit, signal } = following
  const standing = await openMember(task)
  const isKept = standing !== undefined && (await endingOf(standing)) !== undefined
  emit({ kind: 'member', member: task.name, state: isKept ? 'kept' : standing ? 'resumed' : 'begun' })
  if (!isKept && !(await trained(task, standing, following))) return undefined
  try {
    return await judged(await openRun(task.path), task, signal)
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

/** The run of a member, where it has begun and is this one. */
async function openMember({ path, recipe }: MemberTask): Promise<RunDirectory | undefined> {
  const directory = await standingRun(path)
  if (!directory) return undefined
  if (!isDeepStrictEqual(withoutStart(directory.recipe), withoutStart(recipe)))
    fail({
      code: 'sweep/foreign-member',
      seen: `run "${path}" with another recipe than the sweep's`,
      wanted: 'the run that this sweep began',
      fix: 'move that folder away, and sweep again',
    })
  return directory
}

/** As JSON has it, without the path of another member, which is another where the sweep has been moved. */
function withoutStart(recipe: Recipe): unknown {
  const { start: _, ...training } = recipe.training
  return JSON.parse(JSON.stringify({ ...recipe, training }))
}

async function trained(
  { name, path, recipe, search }: MemberTask,
  standing: RunDirectory | undefined,
  { emit, signal: given }: Following,
): Promise<boolean> {
  const { steps } = recipe.training
  const until = search && search.until < steps ? search.until : Number.POSITIVE_INFINITY
  const rung = new AbortController()
  const signal = AbortSignal.any([given, rung.signal])
  const parts = await partsAtHand(recipe)
  const training = standing
    ? resumeRun(path, { signal, parts })
    : trainRun(recipe, { out: path, signal, parts })
  for await (const event of training) {
    const line = logged(event, recipe.training.steps)
    if (line) emit({ kind: 'training', member: name, event: line })
    // The training looks at this before it takes another step, so that its checkpoint is that of this one.
    if ((event.kind === 'step' || event.kind === 'start') && event.step >= until) rung.abort()
  }
  return rung.signal.aborted || (await training).reason !== 'interrupted'
}

async function judged(
  directory: RunDirectory,
  { path, recipe, split, hasFactors, search }: MemberTask,
  signal: AbortSignal,
): Promise<JudgedScore> {
  const known = jsonText(judgedSchema).safeParse(new TextDecoder().decode(await directory.read(SCORE)))
  if (known.success && known.data.split === split && (!search || known.data.step === search.until))
    return known.data
  const evaluation = await evaluateRun(path, {
    split,
    signal,
    parts: await partsAtHand(recipe),
    ...judgedBy(search, hasFactors),
  })
  const score = {
    ...scoreOf(evaluation),
    ...(search && { step: search.until, measures: measuresOf(evaluation) }),
  }
  await directory.write(SCORE, `${JSON.stringify(score, null, 2)}\n`)
  return score
}

/** What is asked of an evaluation besides the loss. */
function judgedBy(
  search: MemberTask['search'],
  hasFactors: boolean,
): Pick<EvaluateOptions, 'metrics' | 'nll'> {
  if (!search) return hasFactors ? { metrics: ['mig'] } : {}
  const { metrics, nll } = search
  return {
    ...(metrics.length > 0 && hasFactors
      ? { metrics: metrics as NonNullable<EvaluateOptions['metrics']> }
      : {}),
    ...(nll === undefined ? {} : { nll }),
  }
}
