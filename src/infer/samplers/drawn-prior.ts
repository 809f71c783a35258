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
import { rowsAt } from '../chunks.ts'
import { drawnConditions } from '../kept-conditions.ts'
import type { ModelParts } from '../model-parts.ts'
import { CONDITIONS } from '../model-parts.ts'
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

/** Codes that are drawn at once: a pass may hold as many numbers for each as its levels have together. */
const DRAWN_AT_ONCE = 250

/** Codes [count, latent] by as many passes as the prior says. */
export async function drawFrom(
  engine: Engine,
  drawing: Drawing,
  count: number,
  seed: number,
): Promise<NDArray<Float32Array>> {
  const { draws, latent, values, condition } = drawing
  const need: NoiseNeed = draws.noise ?? { kind: 'normal', width: latent }
  const width = draws.width ?? latent
  const traced = program('prior', {
    after: draws.step(input('noise', ['batch', need.width]), input('before', ['batch', width])),
  })
  const wanted = traced.inputs.map(({ name }) => name)
  const held = Object.fromEntries(Object.entries(values).filter(([name]) => wanted.includes(name)))
  using step = await engine.load(traced, { constants: held })
  const codes = new Float32Array(count * latent)
  for (let start = 0; start < count; start += DRAWN_AT_ONCE) {
    const rows = Math.min(DRAWN_AT_ONCE, count - start)
    const draw = { seed, stream: streams.prior, step: start / DRAWN_AT_ONCE }
    const noise = fillNoise(need.kind, new Float32Array(rows * need.width), draw)
    const fixed = {
      noise: { data: noise, shape: [rows, need.width] },
      ...(condition && { [CONDITION]: rowsAt(condition, start, rows) }),
    }
    const read = Object.fromEntries(Object.entries(fixed).filter(([name]) => wanted.includes(name)))
    let state: NDArray = { data: new Float32Array(rows * width), shape: [rows, width] }
    for (let pass = 0; pass < (draws.passes ?? 1); pass++)
      state = (await step.run({ ...read, ...(wanted.includes('before') ? { before: state } : {}) })).after
    codes.set(firstColumns(state, latent).data, start * latent)
  }
  return { data: codes, shape: [count, latent] }
}

function firstColumns({ data, shape: [rows, width] }: NDArray, latent: number): NDArray<Float32Array> {
  const codes = new Float32Array(rows * latent)
  for (let row = 0; row < rows; row++)
    codes.set(data.subarray(row * width, row * width + latent), row * latent)
  return { data: codes, shape: [rows, latent] }
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
