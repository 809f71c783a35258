import { broughtBy, type Part } from '../base/parts.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import type { WithParts } from '../recipe/bring.ts'
import { completeRecipe, dataOfDraft, loadDraft } from '../recipe/complete.ts'
import { type AnyDraft, checkDraft, draftFor } from '../recipe/draft.ts'
import { wantsNumbers } from '../recipe/numbers.ts'
import type { DatasetDraft, RecipeDraft } from '../recipe/recipe.ts'
import type { CheckedRecipe, Draft, DraftBeside } from '../recipe/typed-draft.ts'
import { readCheckpoint } from '../runs/checkpoint.ts'
import { type StartingPoint, startingFrom } from '../train/state.ts'
import { openRecipeEngine, type Platform } from './platform.ts'
import { type Prepared, prepare, startOf } from './prepare.ts'
import { runTraining } from './trained-run.ts'
import { type Helm, SteeredTraining } from './training.ts'

/** What a training in memory is given besides its recipe. */
export interface TrainOptions<Parts extends readonly Part[] = readonly Part[]>
  extends WithParts<Parts>,
    Pick<EngineOptions, 'wasmPaths'> {
  /** The examples; default: the data set that the recipe names. */
  readonly dataset?: Dataset
  /** Default: the one that the recipe names, or the best there is. */
  readonly engine?: Engine
  readonly signal?: AbortSignal
  /** Bytes of a checkpoint to go on from, made with the same recipe and data; its optimizer goes on, too. */
  readonly from?: Uint8Array
}

/**
 * Trains an autoencoder in memory; what the draft leaves out is filled from the data.
 *
 * The training can be read (`for await`) for its events and awaited for its result. Losses are in nats per
 * example. Weights can be moved while it runs, and the model be looked at. Throws usage errors for an invalid
 * recipe, `checkpoint/…` and `safetensors/…` for a checkpoint of another model or damaged, `train/not-finite`
 * where numbers run away.
 *
 * @inline
 */
export type Train = {
  <const Parts extends readonly Part[] = readonly []>(
    draft: DraftBeside<Parts>,
    options: TrainOptions<Parts> & { readonly dataset: Dataset },
  ): SteeredTraining
  <const Parts extends readonly Part[] = readonly []>(
    draft: Draft<Parts>,
    options?: TrainOptions<Parts>,
  ): SteeredTraining
  (recipe: CheckedRecipe, options?: TrainOptions): SteeredTraining
}

/** The same for drafts as plain data, whose names are known when it runs: what our apps and tests call. @inline */
export interface TrainPlain {
  (draft: RecipeDraft, options?: TrainOptions): SteeredTraining
  (draft: DatasetDraft, options: TrainOptions & { readonly dataset: Dataset }): SteeredTraining
}

/** `train` as a platform has it. */
export const trainOn =
  (platform: Platform): Train & TrainPlain =>
  (draft: AnyDraft, options: TrainOptions = {}) =>
    new SteeredTraining((helm) => trainInMemory(platform, draft, options, helm))

async function* trainInMemory(
  platform: Platform,
  given: AnyDraft,
  { dataset, engine, signal, wasmPaths, from, parts }: TrainOptions,
  { steering, ready }: Helm,
) {
  const draft = checkDraft(platform.withoutPasswords(dataset ? draftFor(given, dataset) : given))
  const brought = broughtBy(parts ?? [], draft.parts)
  const data = dataset ?? (await platform.openData(dataOfDraft(draft, brought), wantsNumbers(draft), brought))
  await loadDraft(draft, data, parts)
  const recipe = completeRecipe(draft, data, parts)
  const prepared = await prepare(recipe, data)
  const used = engine ?? (await openRecipeEngine(platform, recipe, wasmPaths))
  ready({ prepared, engine: used })
  return yield* runTraining(prepared, used, await beginning(prepared, platform, from), { signal, steering })
}

const beginning = async (
  prepared: Prepared,
  platform: Platform,
  from: Uint8Array | undefined,
): Promise<StartingPoint> =>
  startingFrom(from ? readCheckpoint(from, prepared.layouts) : await startOf(prepared, platform))
