import type { Engine } from '../engine/engine.ts'
import { CONDITION } from '../model/condition.ts'
import { loadKinds } from '../model/load-kinds.ts'
import { latentOf } from '../model/spec.ts'
import { inChunks } from './chunks.ts'
import type { Asked } from './kept-conditions.ts'
import type { Model } from './model.ts'
import type { ModelParts } from './model-parts.ts'
import type { RestOfModel } from './on-demand.ts'
import { openPrograms } from './programs.ts'
import { checkCodes, checkRows } from './rows-and-codes.ts'
import { usualSampler } from './samplers/usual.ts'

/**
 * Makes a trained model ready to be used; its parameters are written into the loaded programs.
 *
 * Many a page only encodes and decodes: what does the rest is loaded when it is first asked for.
 */
export async function createModel(engine: Engine, parts: ModelParts): Promise<Model> {
  const { spec, example, hasPrior } = parts
  await loadKinds(spec)
  const programs = await openPrograms(engine, parts)
  const latent = spec.latent.size
  const { stochastic } = latentOf(spec).kind
  const encode: Model['encode'] = async (rows, { condition, signal } = {}) => {
    const x = checkRows(rows, example)
    const own = await conditions({ condition }, x.shape[0])
    const results = await inChunks(programs.encoder(), { x, ...(own && { [CONDITION]: own }) }, signal)
    return { mean: results.mean, ...(results.logVariance ? { logVariance: results.logVariance } : {}) }
  }
  const decode: Model['decode'] = async (codes, { condition, where, signal } = {}) => {
    const z = checkCodes(codes, latent)
    const own = await conditions({ condition, where }, z.shape[0])
    const moved = own && where ? await (await rest()).moved(z, condition, own) : z
    return (await inChunks(programs.decoder(), { z: moved, ...(own && { [CONDITION]: own }) }, signal))
      .reconstruction
  }
  const reconstruct: Model['reconstruct'] = async (rows, { condition, where, signal } = {}) => {
    const { shape } = checkRows(rows, example)
    const own = await conditions({ condition }, shape[0])
    const { mean } = await encode(rows, { condition: own, signal })
    return decode(mean, { condition: own, where, signal })
  }
  let loaded: Promise<RestOfModel> | undefined
  const rest = () => {
    loaded ??= import('./on-demand.ts').then((own) =>
      own.restOfModel(engine, parts, { programs, encode, decode }),
    )
    return loaded
  }
  const conditions = async (asked: Asked, count: number) =>
    spec.condition || asked.condition !== undefined || asked.where !== undefined
      ? (await rest()).conditions(asked, count)
      : undefined
  const dispose = () => programs[Symbol.dispose]()
  return {
    exampleShape: example.shape,
    ...(spec.condition && { condition: spec.condition }),
    latent,
    stochastic,
    engine,
    hasPrior,
    samplesFrom: usualSampler(parts),
    encode,
    decode,
    reconstruct,
    sample: async (...asked) => (await rest()).sample(...asked),
    score: async (...asked) => (await rest()).score(...asked),
    spread: async (...asked) => (await rest()).spread(...asked),
    traverse: async (...asked) => (await rest()).traverse(...asked),
    interpolate: async (...asked) => (await rest()).interpolate(...asked),
    dispose,
    [Symbol.dispose]: dispose,
  }
}
