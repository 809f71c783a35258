import { availableParallelism } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import { fail } from '../../../base/errors.ts'
import { broughtBy, type Part } from '../../../base/parts.ts'
import { commandLine } from '../../../base/shell-word.ts'
import type { Warning } from '../../../base/warning.ts'
import type { Dataset } from '../../../data/dataset.ts'
import { readObjective } from '../../../objective/objective.ts'
import type { WithParts } from '../../../recipe/bring.ts'
import { completeRecipe, dataOfDraft, loadDraft } from '../../../recipe/complete.ts'
import { type AnyDraft, checkDraft } from '../../../recipe/draft.ts'
import { wantsNumbers } from '../../../recipe/numbers.ts'
import type { Recipe } from '../../../recipe/recipe.ts'
import { splitsOf } from '../../../recipe/splits.ts'
import { digestsOf } from '../../../runs/data-digests.ts'
import { recordedParts } from '../../../runs/node/load-parts.ts'
import { refuseTaken } from '../../../runs/node/store.ts'
import { METRICS } from '../../../statistics/metrics/index.ts'
import { isSearch, openSearch, type SearchDirectory } from '../../../sweep/node/search-store.ts'
import type { Settings } from '../../../sweep/search/axis.ts'
import { type Best, readBest } from '../../../sweep/search/best.ts'
import type { Halving } from '../../../sweep/search/ladder.ts'
import { membersOf, type SearchPlan } from '../../../sweep/search/plan.ts'
import type { SplitName } from '../../evaluate.ts'
import { openRecipeEngine } from '../../platform.ts'
import { prepare } from '../../prepare.ts'
import { nodePlatform } from '../platform.ts'
import { withPlace } from '../run-data.ts'
import { canBeToldApart, judgedSplit, refuseInThreads } from '../sweep/prepare.ts'

/** What a search is asked for: one draft for each member. */
export interface SearchDraft {
  readonly members: readonly { readonly settings: Settings; readonly recipe: AnyDraft }[]
  /** What members are ordered by; default: elbo. */
  readonly best?: string | undefined
  /** Default: all are trained to their ends. */
  readonly halving?: Halving | undefined
}

/** A search made ready: checked, with nothing on disk yet unless it was there before. */
export interface PreparedSearch {
  readonly plan: SearchPlan
  readonly best: Best
  readonly data: string
  /** Where members are judged. */
  readonly split: SplitName
  readonly hasFactors: boolean
  /** Of the data of each member, for workers elsewhere. */
  digests(member: number): Promise<string>
  readonly warning?: Warning
  readonly standing?: SearchDirectory
}

interface PrepareOptions extends WithParts {
  readonly out?: string | undefined
  readonly jobs: number
}

/** Data that several recipes read are opened once. */
function openedOnce(parts: readonly Part[]) {
  const opened = new Map<string, Promise<Dataset>>()
  return async (given: AnyDraft): Promise<{ readonly recipe: Recipe; readonly dataset: Dataset }> => {
    const draft = checkDraft(nodePlatform.withoutPasswords(given))
    const numbers = wantsNumbers(draft)
    const brought = broughtBy(parts, draft.parts)
    const data = dataOfDraft(draft, brought)
    const key = JSON.stringify([data, numbers])
    const known = opened.get(key) ?? nodePlatform.openData(data, numbers, brought)
    opened.set(key, known)
    const dataset = await known
    await loadDraft(draft, dataset, parts)
    return { recipe: completeRecipe(draft, dataset, parts), dataset }
  }
}

/** Checks a search and completes its plan; what `out` holds of it already is gone on with. Errors: `search/…`, `sweep/…`. */
export async function prepareSearch(
  { members, best: text = 'elbo', halving = { eta: 2, rungs: 1 } }: SearchDraft,
  { out, jobs, parts = [] }: PrepareOptions,
): Promise<PreparedSearch> {
  const best = readBest(
    text,
    METRICS.map(({ name }) => name),
  )
  const standing = out === undefined ? undefined : await standingSearch(out)
  if (jobs > 1) refuseInThreads(parts)
  const { completed, warning } = await completedMembers(
    members.map(({ settings, recipe }) => ({ settings, recipe: withShare(recipe, jobs, standing) })),
    parts,
  )
  const [first] = completed
  for (const { recipe } of completed) readObjective(recipe.objective, recipe.model)
  await prepare(first.recipe, first.dataset)
  const plan: SearchPlan = {
    version: 1,
    best: text,
    halving,
    members: membersOf(completed.map(({ settings, recipe }) => ({ settings, recipe }))),
  }
  if (standing) refuseOther(standing, plan)
  const splits = splitsOf(first.recipe, first.dataset)
  const split = judgedSplit(splits)
  return {
    ...{ plan, best, split },
    data: first.dataset.name,
    hasFactors: canBeToldApart(splits, split),
    digests: (member) => digestsOf(splitsOf(completed[member].recipe, completed[member].dataset)),
    ...(warning ? { warning } : {}),
    ...(standing ? { standing } : {}),
  }
}

/** Members with complete recipes, on engines that are there; all hold out the same rows, whatever their seeds. */
async function completedMembers(members: SearchDraft['members'], parts: readonly Part[]) {
  const complete = openedOnce(parts)
  const completed: { settings: Settings; recipe: Recipe; dataset: Dataset }[] = []
  let warning: Warning | undefined
  for (const { settings, recipe: draft } of members) {
    const { recipe, dataset } = await complete(draft)
    const { name, threads, ...engine } = await openRecipeEngine(nodePlatform, recipe)
    warning ??= engine.warning
    const [first] = completed
    const splitSeed = recipe.data.splitSeed ?? first?.recipe.data.splitSeed ?? recipe.training.seed
    const whole = { ...recipe, data: { ...recipe.data, splitSeed }, engine: { name, threads } }
    completed.push({ settings, dataset, recipe: withPlace(whole) })
  }
  return { completed, warning }
}

/** A search on disk made ready to be gone on with. */
export async function prepareStandingSearch(
  path: string,
  { parts: given = [] }: WithParts,
): Promise<PreparedSearch> {
  const { best, halving, members } = (await openSearch(path)).plan
  const known = await recordedParts(members[0].recipe.parts ?? [], { given, folder: path })
  return prepareSearch({ best, halving, members }, { out: path, jobs: 1, parts: [...given, ...known] })
}

async function standingSearch(out: string): Promise<SearchDirectory | undefined> {
  if (isSearch(out)) return openSearch(out)
  await refuseTaken(out)
  return undefined
}

/** Members that run at once share the cores; a search that has begun keeps its engine. */
function withShare(recipe: AnyDraft, jobs: number, standing: SearchDirectory | undefined): AnyDraft {
  const { name = 'auto', threads } = checkDraft(recipe).engine ?? {}
  const known = standing?.plan.members[0].recipe.engine
  const shared = jobs > 1 ? Math.max(1, Math.floor(availableParallelism() / jobs)) : undefined
  const given = threads ?? known?.threads ?? shared
  const engine = {
    name: name === 'auto' ? (known?.name ?? name) : name,
    ...(given === undefined ? {} : { threads: given }),
  }
  return { ...recipe, ...{ engine } }
}

function refuseOther({ path, plan }: SearchDirectory, asked: SearchPlan): void {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  if (isDeepStrictEqual(plain(plan), plain(asked))) return
  fail({
    code: 'sweep/other-plan',
    seen: `"${path}", which holds a sweep of other options`,
    wanted: 'the options that it began with, or a new folder',
    fix: `go on with it: ${commandLine('resume', path)}, or choose another --out`,
    usage: true,
  })
}
