/**
 * `betavae` in Node.js: the same, with files and the native engine.
 *
 * @module betavae
 */
import { open as openHere } from '../api/node/open.ts'
import { nodePlatform } from '../api/node/platform.ts'
import type { ModelSource, OpenModelOptions } from '../api/open.ts'
import { type TrainOptions, trainOn } from '../api/train.ts'
import type { SteeredTraining } from '../api/training.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { nodeEngines } from '../engine/onnxruntime/node/engines.ts'
import { openEngine as openAmong } from '../engine/select.ts'
import type { Model } from '../infer/model.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'

export { type OpenDataOptions, openData } from '../data/node/open.ts'
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
  return trainOn(nodePlatform)(draft, options)
}

/**
 * Makes a trained model usable: what a training gave, the bytes of its `weights.safetensors`, or the path of a run.
 *
 * Errors: `open/source`, `export/…`, `runs/…`.
 */
export function open(source: string | ModelSource, options: OpenModelOptions = {}): Promise<Model> {
  return openHere(source, options)
}

/**
 * Opens an engine by name, `auto` for the best that there is: native, wasm or reference.
 *
 * Errors: `engine/unknown`, `engine/threads`, `engine/unavailable`.
 */
export async function openEngine(name: string = 'auto', options: EngineOptions = {}): Promise<Engine> {
  return (await openAmong(nodeEngines, name, options)).engine
}
