import { availableParallelism } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import { BetavaeError, fail } from '../../../base/errors.ts'
import { type Part, recordOf } from '../../../base/parts.ts'
import { commandLine } from '../../../base/shell-word.ts'
import type { Warning } from '../../../base/warning.ts'
import { factorsOf } from '../../../data/factors.ts'
import { readObjective } from '../../../objective/objective.ts'
import type { WithParts } from '../../../recipe/bring.ts'
import { type AnyDraft, checkDraft } from '../../../recipe/draft.ts'
import { type Splits, splitsOf } from '../../../recipe/splits.ts'
import { recordedParts } from '../../../runs/node/load-parts.ts'
import { refuseTaken } from '../../../runs/node/store.ts'
import { factoredCodes } from '../../../statistics/metrics/factored-codes.ts'
import { isSweep, openSweep, type SweepDirectory } from '../../../sweep/node/store.ts'
import {
  grownPlan,
  memberRecipe,
  membersOf,
  type SweepDraft,
  type SweepPlan,
  sweepPlan,
} from '../../../sweep/plan.ts'
import type { SplitName } from '../../evaluate.ts'
import { openRecipeEngine } from '../../platform.ts'
import { prepare } from '../../prepare.ts'
import { nodePlatform } from '../platform.ts'
import { completeDraft } from '../run.ts'
import { withPlace } from '../run-data.ts'

/** A sweep made ready: checked, with nothing on disk yet unless it was there before. */
export interface PreparedSweep {
  readonly plan: SweepPlan
  /** Name of the data set. */
  readonly data: string
  readonly parts: Splits
  /** Where members are judged: validation, since β is chosen there; test where nothing else is held out. */
  readonly split: SplitName
  /** Whether the rows of the split have factors that metrics can be about. */
  readonly hasFactors: boolean
  /** What the choice of its engine is warned of. */
  readonly warning?: Warning
  /** The sweep that is gone on with. */
  readonly standing?: SweepDirectory
}

interface PrepareOptions extends WithParts {
  readonly out?: string | undefined
  /** Whether a sweep that stands there may get more members; its plan is then that of all. */
  readonly grows?: boolean
}

/**
 * Checks a sweep and completes its plan; what `out` holds of it already is gone on with.
 *
 * Errors: those of `sweepPlan` and of training, `runs/exists`, `sweep/other-plan`, `sweep/no-held-out`.
 */
export async function prepareSweep(
  draft: SweepDraft<AnyDraft>,
  jobs: number,
  { out, parts: brought = [], grows = false }: PrepareOptions,
): Promise<PreparedSweep> {
  const standing = out === undefined ? undefined : await standingSweep(out)
  const { recipe, dataset } = await completeDraft(withEngine(draft, jobs, standing), { parts: brought })
  const { name, threads, warning } = await openRecipeEngine(nodePlatform, recipe)
  const asked = sweepPlan(draft, withPlace({ ...recipe, engine: { name, threads } }))
  const plan = standing && grows ? grownPlan(asked, standing.plan) : asked
  if (standing) refuseOther(standing.path, grows ? grownPlan(standing.plan, asked) : standing.plan, plan)
  if (jobs > 1) refuseInThreads(brought)
  const recipes = membersOf(plan).map((member) => memberRecipe(plan, { ...member, from: undefined }, ''))
  for (const { objective, model } of recipes) readObjective(objective, model)
  await prepare(recipes[0], dataset)
  const parts = splitsOf(recipes[0], dataset)
  const split = judgedSplit(parts)
  return {
    plan,
    data: dataset.name,
    parts,
    split,
    hasFactors: canBeToldApart(parts, split),
    ...(warning ? { warning } : {}),
    ...(standing ? { standing } : {}),
  }
}

/** What a folder holds of a sweep, which another process may have begun just now. Error: `runs/exists`. */
async function standingSweep(out: string): Promise<SweepDirectory | undefined> {
  if (isSweep(out)) return openSweep(out)
  try {
    await refuseTaken(out)
    return undefined
  } catch (error) {
    if (isSweep(out)) return openSweep(out)
    throw error
  }
}

/** A sweep on disk made ready to be gone on with. */
export async function prepareStanding(
  path: string,
  { parts: given = [] }: WithParts,
): Promise<PreparedSweep> {
  const { recipe, betas, seeds, warmStart } = (await openSweep(path)).plan
  const known = await recordedParts(recipe.parts ?? [], { given, folder: path })
  const draft = { recipe, betas, seeds: seeds.length, warmStart }
  return prepareSweep(draft, 1, { out: path, parts: [...given, ...known] })
}

/** A thread gets its recipe as plain data, and finds parts by their modules. */
export function refuseInThreads(parts: readonly Part[]): void {
  const homeless = parts.map(recordOf).find(({ module }) => module === undefined)
  if (homeless)
    fail({
      code: 'parts/in-thread',
      seen: `the ${homeless.kind} "${homeless.name}", which no module exports, for members in threads`,
      wanted: 'parts of modules, which a thread can import',
      fix: 'train with jobs: 1, or from the command line with their module: --with',
      usage: true,
    })
}

/** Members that run at once share the cores; a sweep that has begun keeps its engine, whatever runs at once now. */
function withEngine({ recipe }: SweepDraft<AnyDraft>, jobs: number, standing: SweepDirectory | undefined) {
  const { name = 'auto', threads } = checkDraft(recipe).engine ?? {}
  const known = standing?.plan.recipe.engine
  const shared = jobs > 1 ? Math.max(1, Math.floor(availableParallelism() / jobs)) : undefined
  const given = threads ?? known?.threads ?? shared
  return {
    ...recipe,
    engine: {
      name: name === 'auto' ? (known?.name ?? name) : name,
      ...(given === undefined ? {} : { threads: given }),
    },
  }
}

function refuseOther(path: string, plan: SweepPlan, asked: SweepPlan): void {
  const at = firstDifference(plain(plan), plain(asked), [])
  if (at)
    fail({
      code: 'sweep/other-plan',
      seen: `"${path}" holds a sweep whose ${at.path} is ${at.known}, not ${at.asked}`,
      wanted: 'the options that it began with, or a new folder',
      fix: `go on with it: ${commandLine('resume', path)}, or choose another --out`,
      usage: true,
    })
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

type Tree = Readonly<Record<string, unknown>>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

function firstDifference(
  known: unknown,
  asked: unknown,
  path: readonly string[],
): { path: string; known: string; asked: string } | undefined {
  if (isDeepStrictEqual(known, asked)) return undefined
  if (isTree(known) && isTree(asked) && !Array.isArray(known) && !Array.isArray(asked))
    for (const key of new Set([...Object.keys(known), ...Object.keys(asked)])) {
      const found = firstDifference(known[key], asked[key], [...path, key])
      if (found) return found
    }
  const shownValue = (value: unknown) => JSON.stringify(value) ?? 'missing'
  return { path: path.join('.'), known: shownValue(known), asked: shownValue(asked) }
}

/** Error: `sweep/no-held-out`. */
export function judgedSplit({ validation, test }: Splits): SplitName {
  if (validation.indices.length > 0) return 'validation'
  if (test.indices.length > 0) return 'test'
  return fail({
    code: 'sweep/no-held-out',
    seen: 'no rows held out',
    wanted: 'rows that no member is trained on, to judge them by',
    fix: 'use --validation 0.1',
    usage: true,
  })
}

/** Whether metrics can be about the factors of a split. */
export function canBeToldApart(parts: Splits, split: SplitName): boolean {
  const { dataset, indices } = parts[split]
  try {
    const { names, values } = factorsOf(dataset, indices)
    const shape = [indices.length, names.length]
    factoredCodes(
      { data: new Float32Array(indices.length), shape: [indices.length, 1] },
      { data: values, shape },
    )
    return true
  } catch (error) {
    if (error instanceof BetavaeError) return false
    throw error
  }
}
