import type { NDArray } from '../../base/arrays.ts'
import { streams } from '../../base/random.ts'
import { conditionWidth } from '../../data/condition.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { tracePrior } from '../../model/autoencoder.ts'
import { CONDITION } from '../../model/condition.ts'
import { fillNoise, type NoiseNeed } from '../../model/noise.ts'
import type { PriorDraws } from '../../model/priors/prior.ts'
import { latentOf } from '../../model/spec.ts'
import { newTrace } from '../../model/trace.ts'
import { CONDITIONS, drawnConditions } from '../kept-conditions.ts'
import type { ModelParts } from '../model-parts.ts'
import type { DrawnPrior } from './sampler.ts'
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
  return { draw, mean: await projected(engine, parts, mean), deviation }
}

interface Drawing {
  readonly draws: PriorDraws
  readonly latent: number
  /** Parameters by name. */
  readonly values: Feeds
  /** Of each code [count, width], where a model is given one. */
  readonly condition?: NDArray | undefined
}

/** What codes are known for where nobody says: as training examples, or nothing. */
function usualConditions({ spec: { condition }, values }: ModelParts, count: number): NDArray | undefined {
  if (!condition) return undefined
  if (values[CONDITIONS]) return drawnConditions(condition, values, { count, seed: SPREAD_SEED })
  const width = conditionWidth(condition)
  return { data: new Float32Array(count * width), shape: [count, width] }
}

/** Codes [count, latent] by as many passes as the prior says. */
export async function drawFrom(
  engine: Engine,
  { draws, latent, values, condition }: Drawing,
  count: number,
  seed: number,
): Promise<NDArray<Float32Array>> {
  const need: NoiseNeed = draws.noise ?? { kind: 'normal', width: latent }
  const width = draws.width ?? latent
  const traced = program('prior', {
    after: draws.step(input('noise', ['batch', need.width]), input('before', ['batch', width])),
  })
  const wanted = traced.inputs.map(({ name }) => name)
  const held = Object.fromEntries(Object.entries(values).filter(([name]) => wanted.includes(name)))
  using step = await engine.load(traced, { constants: held })
  const data = fillNoise(need.kind, new Float32Array(count * need.width), {
    seed,
    stream: streams.prior,
    step: 0,
  })
  const noise = { noise: { data, shape: [count, need.width] } }
  let state: NDArray = { data: new Float32Array(count * width), shape: [count, width] }
  for (let pass = 0; pass < (draws.passes ?? 1); pass++) {
    const feeds = {
      ...(wanted.includes('noise') ? noise : {}),
      ...(wanted.includes('before') ? { before: state } : {}),
      ...(condition && wanted.includes(CONDITION) ? { [CONDITION]: condition } : {}),
    }
    state = (await step.run(feeds)).after
  }
  return firstColumns(state, latent)
}

function firstColumns({ data, shape: [rows, width] }: NDArray, latent: number): NDArray<Float32Array> {
  const codes = new Float32Array(rows * latent)
  for (let row = 0; row < rows; row++)
    codes.set(data.subarray(row * width, row * width + latent), row * latent)
  return { data: codes, shape: [rows, latent] }
}

/** A code moved into the space where the latent's codes live. */
async function projected(engine: Engine, { spec }: ModelParts, code: Float64Array): Promise<Float64Array> {
  const { kind, options } = latentOf(spec)
  const z = input('z', ['batch', code.length])
  const near = kind.project?.(z, options)
  if (!near) return code
  using moving = await engine.load(program('project', { near }))
  const { near: moved } = await moving.run({ z: { data: Float32Array.from(code), shape: [1, code.length] } })
  return Float64Array.from(moved.data)
}
