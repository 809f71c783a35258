/**
 * `betavae` in a page or a worker, and `betavae/browser` everywhere: train, open and understand a model.
 *
 * @module betavae/browser
 */
import { browserPlatform } from '../api/browser.ts'
import { type ModelSource, type OpenModelOptions, openOn } from '../api/open.ts'
import { type TrainOptions, trainOn } from '../api/train.ts'
import type { SteeredTraining } from '../api/training.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { browserEngines } from '../engine/onnxruntime/engines.ts'
import { openEngine as openAmong } from '../engine/select.ts'
import type { Model } from '../infer/model.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'

export * from './common.ts'

/**
 * Trains an autoencoder in memory; what the draft leaves out is filled from the data.
 *
 * The training can be read (`for await`) for its events and awaited for its result. Losses are in nats per example.
 * Weights can be moved while it runs, and the model be looked at. Throws usage errors for a recipe that cannot be,
 * `checkpoint/…` and `safetensors/…` for a checkpoint of another model or damaged, `train/not-finite` where numbers run
 * away.
 */
export function train(draft: RecipeDraft, options: TrainOptions = {}): SteeredTraining {
  return trainOn(browserPlatform)(draft, options)
}

/** Makes a trained model usable: what a training gave, or the bytes of its `weights.safetensors`. Errors: `open/source`, `export/…`. */
export function open(source: ModelSource, options: OpenModelOptions = {}): Promise<Model> {
  return openOn({ engines: browserEngines })(source, options)
}

/** Opens a data set that comes with the package, by its name; of other data use `openBytes` or `datasetOf`. Error: `data/unknown`. */
export function openData(name: string): Promise<Dataset> {
  return browserPlatform.openData({ source: name })
}

/**
 * Opens an engine by name, `auto` for the best that this page has: webgpu, wasm or reference.
 *
 * Errors: `engine/unknown`, `engine/threads`, `engine/unavailable`.
 */
export async function openEngine(name: string = 'auto', options: EngineOptions = {}): Promise<Engine> {
  return (await openAmong(browserEngines, name, options)).engine
}
