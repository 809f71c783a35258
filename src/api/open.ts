import { fail } from '../base/errors.ts'
import type { Part } from '../base/parts.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { openBest } from '../engine/select.ts'
import { createModel } from '../infer/create-model.ts'
import type { Model } from '../infer/model.ts'
import type { WithParts } from '../recipe/bring.ts'
import type { Trained } from '../recipe/trained.ts'
import { type Found, partsIn } from './found.ts'
import { type MadeOf, remember } from './made-of.ts'
import type { ModelPlatform } from './platform.ts'
import type { TrainedRun } from './trained-run.ts'

/** What a model is opened on. */
export interface OpenModelOptions extends EngineOptions, WithParts {
  /** Default: the best engine there is. */
  readonly engine?: Engine
  /**
   * Whether a thread of its own computes, so that this one stays free; the answers are the same. `engine` says of which
   * kind the thread opens one. It ends with `dispose()` and keeps no process from ending. Node.js alone.
   */
  readonly worker?: boolean
}

/**
 * A finished training, the bytes of its `weights.safetensors`, or where those are: an address, and in Node.js the path of
 * the file or of a run.
 */
export type ModelSource = TrainedRun | Trained | Uint8Array | string | URL

/**
 * Makes a trained model usable.
 *
 * Errors: `open/source`, `open/fetch`, `open/worker`, those of `readWeights`, and in Node.js those of reading a run.
 *
 * @inline
 */
export type Open = (source: ModelSource, options?: OpenModelOptions) => Promise<Model>

/** `open` as a platform has it. */
export const openOn =
  (platform: ModelPlatform): Open =>
  async (source, options = {}) => {
    const made = await madeFrom(platform, source, options)
    const parts = await partsIn(made.found)
    const model = options.worker
      ? await platform.thread.openModel(parts, options)
      : await createModel(await made.engine(), parts)
    return remember(model, made)
  }

/** What a source comes to, and the engine that is opened for it when it is needed. */
export async function madeFrom(
  { engines, find }: ModelPlatform,
  source: ModelSource,
  { engine, threads, wasmPaths, parts }: OpenModelOptions,
): Promise<MadeOf> {
  const isPlace = typeof source === 'string' || source instanceof URL
  const found = isPlace ? await find(`${source}`, parts) : foundIn(source, parts)
  const options = { ...(threads && { threads }), ...(wasmPaths && { wasmPaths }) }
  let opened: Promise<Engine> | undefined
  return {
    found,
    engine() {
      opened ??= engine ? Promise.resolve(engine) : openBest(engines, options).then((chosen) => chosen.engine)
      return opened
    },
  }
}

/** What a training gave, or the bytes of its weights. Error: `open/source`. */
export function foundIn(source: TrainedRun | Trained | Uint8Array, parts?: readonly Part[]): Found {
  if (source instanceof Uint8Array) return { bytes: source, ...(parts && { parts }) }
  const { trained = source } = (source ?? {}) as Partial<TrainedRun>
  return isTrained(trained) ? trained : refuseSource(source)
}

const isTrained = (value: unknown): value is Trained =>
  typeof value === 'object' &&
  value !== null &&
  (['recipe', 'example', 'data', 'values'] as const).every((part) => part in value)

function refuseSource(source: unknown): never {
  return fail({
    code: 'open/source',
    seen: source === null ? 'null for a model' : `a value of type ${typeof source} for a model`,
    wanted: 'what a training gave, the bytes of its weights.safetensors as a Uint8Array, or where they are',
    fix: 'await the training first, or name the file; in Node.js the path of a run will do too',
    usage: true,
  })
}
