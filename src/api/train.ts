import type { Dataset } from '../data/dataset.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { completeRecipe } from '../recipe/complete.ts'
import { checkDraft } from '../recipe/draft.ts'
import { wantsNumbers } from '../recipe/numbers.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import { startingFrom } from '../train/state.ts'
import { openRecipeEngine, type Platform } from './platform.ts'
import { startOf } from './start.ts'
import { prepare, runTraining, type TrainedRun, Training } from './training.ts'

export interface TrainOptions extends Pick<EngineOptions, 'wasmPaths'> {
  /** The examples; default: the data set that the recipe names. */
  readonly dataset?: Dataset
  /** Default: the one that the recipe names, or the best there is. */
  readonly engine?: Engine
  readonly signal?: AbortSignal
}

/**
 * Trains an autoencoder in memory; what the draft leaves out is filled from the data.
 *
 * The training can be read (`for await`) for its events and awaited for its result. Losses are in nats per example.
 * Throws usage errors for a recipe that cannot be, `train/not-finite` where numbers run away.
 */
export type Train = (draft: RecipeDraft, options?: TrainOptions) => Training<TrainedRun>

/** `train` as a platform has it. */
export const trainOn =
  (platform: Platform): Train =>
  (draft, options = {}) =>
    new Training(trainInMemory(platform, draft, options))

async function* trainInMemory(
  platform: Platform,
  given: RecipeDraft,
  { dataset, engine, signal, wasmPaths }: TrainOptions,
) {
  const draft = checkDraft(given)
  const data = dataset ?? (await platform.openData(draft.data, wantsNumbers(draft)))
  const recipe = completeRecipe(draft, data)
  const prepared = await prepare(recipe, data)
  const used = engine ?? (await openRecipeEngine(platform, recipe, wasmPaths))
  return yield* runTraining(prepared, used, startingFrom(await startOf(prepared, platform)), { signal })
}
