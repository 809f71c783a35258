import { fail } from '../base/errors.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { openEngine } from '../engine/select.ts'
import { readWeights } from '../export/weights.ts'
import { createModel, type Model } from '../infer/model.ts'
import { modelParts, type Trained } from '../recipe/trained.ts'
import type { Platform } from './platform.ts'
import type { TrainedRun } from './trained-run.ts'

/** What a model is opened on. */
export interface OpenModelOptions extends EngineOptions {
  /** Default: the best engine there is. */
  readonly engine?: Engine
}

/** A finished training, or the bytes of its `weights.safetensors`. */
export type ModelSource = TrainedRun | Trained | Uint8Array

/** Makes a trained model usable. Errors: `open/source`, and those of `readWeights`. */
export type Open = (source: ModelSource, options?: OpenModelOptions) => Promise<Model>

/** `open` as a platform has it. */
export const openOn =
  ({ engines }: Pick<Platform, 'engines'>): Open =>
  async (source, { engine, ...options } = {}) =>
    createModel(engine ?? (await openEngine(engines, 'auto', options)).engine, modelParts(trainedOf(source)))

function trainedOf(source: ModelSource): Trained {
  if (source instanceof Uint8Array) return readWeights(source)
  const { trained = source } = (source ?? {}) as Partial<TrainedRun>
  return isTrained(trained) ? trained : refuse(source)
}

const isTrained = (value: unknown): value is Trained =>
  typeof value === 'object' &&
  value !== null &&
  (['recipe', 'example', 'data', 'values'] as const).every((part) => part in value)

function refuse(source: unknown): never {
  const seen =
    source === null ? 'null' : typeof source === 'string' ? `"${source}"` : `a value of type ${typeof source}`
  return fail({
    code: 'open/source',
    seen: `open() of ${seen}`,
    wanted: 'what a training gave, or the bytes of its weights.safetensors as a Uint8Array',
    fix: 'await the training first, or read the file; in Node.js the path of a run will do too',
    usage: true,
  })
}
