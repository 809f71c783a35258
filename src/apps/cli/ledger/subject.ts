import { stat } from 'node:fs/promises'
import {
  type Balances,
  BetavaeError,
  balancesOf,
  completeDraft,
  openRunWith,
  type Part,
  partsOf,
  type Recipe,
  splitsOf,
  startBalance,
  trainedFrom,
} from '../../../inside.node.ts'
import { changesRecipe, draftFrom, isRecipeName } from '../recipe/draft.ts'

/** A recipe, and what its ledger needs to know of the data and of the training. */
export interface Subject {
  readonly recipe: Recipe
  /** Shape of an example. */
  readonly shape: readonly number[]
  /** Training examples N. */
  readonly examples: number
  /** What the loss was made of: in a run's log; without a run, before anything has learned. */
  balances(): Promise<Balances>
}

type Given = Readonly<Record<string, unknown>>

/** What is to be explained: a run as it is, or the recipe that a source and options come to. */
export const subjectOf = async (source: string, values: Given, parts: readonly Part[]): Promise<Subject> =>
  (await subjectOfRun(source, values, parts)) ?? (await subjectOfRecipe(source, values, parts))

async function subjectOfRecipe(source: string, values: Given, parts: readonly Part[]): Promise<Subject> {
  const { recipe, dataset } = await completeDraft(await draftFrom(source, values, parts), { parts })
  return {
    recipe,
    shape: dataset.exampleShape,
    examples: splitsOf(recipe, dataset).train.indices.length,
    balances: async () => ({ start: await startBalance(recipe, dataset), end: null }),
  }
}

/** A trained run tells all by itself; one without a model needs its data. */
async function subjectOfRun(
  path: string,
  values: Given,
  parts: readonly Part[],
): Promise<Subject | undefined> {
  const isRun = !isRecipeName(path) && (await stat(`${path}/recipe.json`).catch(() => undefined))
  if (!isRun) return undefined
  if (changesRecipe(values, parts)) return subjectOfRecipe(`${path}/recipe.json`, values, parts)
  const directory = await openRunWith(path, { parts })
  try {
    const { recipe, example, data } = await trainedFrom(directory)
    const balances = async () => balancesOf(await directory.events())
    return { recipe, shape: example.shape, examples: data.trainCount, balances }
  } catch (error) {
    if (error instanceof BetavaeError && error.code === 'runs/no-model')
      return subjectOfRecipe(`${path}/recipe.json`, {}, partsOf(directory.recipe))
    throw error
  }
}
