import type { NDArray } from '../../base/arrays.ts'
import { conditionWidth } from '../../data/condition.ts'
import type { Engine } from '../../engine/engine.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { tracePrior } from '../../model/autoencoder.ts'
import { latentOf } from '../../model/spec.ts'
import { newTrace } from '../../model/trace.ts'
import { drawnConditions } from '../kept-conditions.ts'
import type { ModelParts } from '../model-parts.ts'
import { CONDITIONS } from '../model-parts.ts'
import { drawFrom } from './draw-from.ts'
import { movedCodes } from './moved-codes.ts'
import type { DrawnPrior, MoveCodes } from './sampler.ts'
import { spreadOfCodes } from './spread.ts'

/** Draws that tell how a prior is spread: its deviations to 3%. */
const SPREAD_DRAWS = 500
const SPREAD_SEED = 0

/** A prior that is neither N(0, I) nor a mixture; undefined where it is one of these. */
export async function drawnPrior(engine: Engine, parts: ModelParts): Promise<DrawnPrior | undefined> {
  const { spec, example, values } = parts
  const { draws } = tracePrior(spec, example, newTrace())
  if (!draws) return undefined
  const draw = (count: number, seed: number, condition = usualConditions(parts, count)) =>
    drawFrom(engine, { draws, latent: spec.latent.size, values, condition }, count, seed)
  const { mean, deviation } = spreadOfCodes(await draw(SPREAD_DRAWS, SPREAD_SEED))
  const { noiseOf } = draws
  const moved: MoveCodes | undefined =
    noiseOf &&
    ((codes, from, to) =>
      movedCodes(engine, { draws, values, condition: to }, codes, { noiseOf, from, mean, deviation }))
  return { draw, mean: await projected(engine, parts, mean), deviation, ...(moved && { moved }) }
}

/** What codes are known for where nobody says: as training examples, or nothing. */
function usualConditions({ spec: { condition }, values }: ModelParts, count: number): NDArray | undefined {
  if (!condition) return undefined
  if (values[CONDITIONS]) return drawnConditions(condition, values, { count, seed: SPREAD_SEED })
  const width = conditionWidth(condition)
  return { data: new Float32Array(count * width), shape: [count, width] }
}

/** A code moved into the space where the latent's codes live. */
async function projected(
  engine: Engine,
  { spec, values }: ModelParts,
  code: Float64Array,
): Promise<Float64Array> {
  const { kind, options } = latentOf(spec)
  const z = input('z', ['batch', code.length])
  const near = kind.project?.(z, options, newTrace().layers('encoder'))
  if (!near) return code
  using moving = await engine.load(program('project', { near }), { constants: values })
  const { near: moved } = await moving.run({ z: { data: Float32Array.from(code), shape: [1, code.length] } })
  return Float64Array.from(moved.data)
}
