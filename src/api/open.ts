import type { Engine, EngineOptions } from '../engine/engine.ts'
import { openEngine } from '../engine/select.ts'
import { readWeights } from '../export/weights.ts'
import { createModel, type Model } from '../infer/model.ts'
import { modelParts, type Trained } from '../recipe/trained.ts'
import type { Platform } from './platform.ts'
import type { TrainedRun } from './training.ts'

export interface OpenModelOptions extends EngineOptions {
  /** Default: the best engine there is. */
  readonly engine?: Engine
}

/** Makes a trained model usable, from a finished training or from the bytes of its `weights.safetensors`. */
export type Open = (source: TrainedRun | Trained | Uint8Array, options?: OpenModelOptions) => Promise<Model>

/** `open` as a platform has it. */
export const openOn =
  ({ engines }: Platform): Open =>
  async (source, { engine, ...options } = {}) =>
    createModel(engine ?? (await openEngine(engines, 'auto', options)).engine, modelParts(trainedOf(source)))

function trainedOf(source: TrainedRun | Trained | Uint8Array): Trained {
  if (source instanceof Uint8Array) return readWeights(source)
  return 'trained' in source ? source.trained : source
}
