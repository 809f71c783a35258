import { fail } from '../base/errors.ts'
import type { Dataset } from '../data/dataset.ts'
import { sources } from '../data/sources/index.ts'
import type { SourceHost } from '../data/sources/source.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { browserEngines } from '../engine/onnxruntime/engines.ts'
import { openEngine } from '../engine/select.ts'
import { completeRecipe } from '../recipe/complete.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import { prepare, runTraining, startOf, type TrainedRun, Training } from './training.ts'

export interface TrainOptions extends Pick<EngineOptions, 'wasmPaths'> {
  /** The examples; default: the built-in data set that the recipe names. */
  readonly dataset?: Dataset
  /** Default: the best engine there is. */
  readonly engine?: Engine
  readonly signal?: AbortSignal
}

/** A page has no installed packages; only what is bundled loads by name. */
const bareHost: SourceHost = { packageFolder: async () => undefined }

/** Loads a built-in data set that needs no files. */
export async function loadDataset(name: string): Promise<Dataset> {
  const source = sources.find((candidate) => candidate.name === name)
  return source
    ? source.load(bareHost)
    : fail({
        code: 'data/unknown',
        seen: `data set "${name}"`,
        wanted: `${sources.map((candidate) => candidate.name).join(', ')}, or examples of your own`,
        fix: 'pass { dataset } made with datasetOf()',
        usage: true,
      })
}

/**
 * Trains an autoencoder; what the draft leaves out is filled from the data.
 *
 * The training can be read (`for await`) for its events and awaited for its result. Losses are in nats per example.
 * Throws usage errors for a recipe that cannot be, `train/not-finite` where numbers run away.
 */
export function train(draft: RecipeDraft, options: TrainOptions = {}): Training<TrainedRun> {
  return new Training(trainInMemory(draft, options))
}

async function* trainInMemory(draft: RecipeDraft, { dataset, engine, signal, wasmPaths }: TrainOptions) {
  const data = dataset ?? (await loadDataset(draft.data.source))
  const recipe = completeRecipe(draft, data)
  const prepared = await prepare(recipe, data)
  const { name, threads } = recipe.engine
  const used = engine ?? (await openEngine(browserEngines, name, { threads, wasmPaths })).engine
  return yield* runTraining(prepared, used, startOf(prepared), { signal })
}
