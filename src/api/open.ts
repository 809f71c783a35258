import type { Engine, EngineOptions } from '../engine/engine.ts'
import { browserEngines } from '../engine/onnxruntime/engines.ts'
import { openEngine } from '../engine/select.ts'
import { readWeights } from '../export/weights.ts'
import { createModel, type Model } from '../infer/model.ts'
import { modelParts, type Trained } from '../recipe/trained.ts'
import type { TrainedRun } from './training.ts'

export interface OpenModelOptions extends EngineOptions {
  /** Default: the best engine there is. */
  readonly engine?: Engine
}

/** Makes a trained model usable, from a finished training or from the bytes of its `weights.safetensors`. */
export async function open(
  source: TrainedRun | Trained | Uint8Array,
  { engine, ...options }: OpenModelOptions = {},
): Promise<Model> {
  const trained =
    source instanceof Uint8Array ? readWeights(source) : 'trained' in source ? source.trained : source
  return createModel(
    engine ?? (await openEngine(browserEngines, 'auto', options)).engine,
    modelParts(trained),
  )
}
