import type { NDArray } from '../../base/arrays.ts'
import { streams } from '../../base/random.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { CONDITION } from '../../model/condition.ts'
import { fillNoise, type NoiseNeed } from '../../model/noise.ts'
import type { PriorDraws } from '../../model/priors/prior.ts'
import { rowsAt } from '../chunks.ts'

/** A prior that is drawn from in passes. */
export interface Drawing {
  readonly draws: PriorDraws
  readonly latent: number
  /** Parameters by name. */
  readonly values: Feeds
  /** Of each code [count, width], where a model is given one. */
  readonly condition?: NDArray | undefined
}

/** Codes that are drawn at once: a pass may hold as many numbers for each as its levels have together. */
const DRAWN_AT_ONCE = 250

/** Codes [count, latent] by as many passes as the prior says. */
export function drawFrom(
  engine: Engine,
  drawing: Drawing,
  count: number,
  seed: number,
): Promise<NDArray<Float32Array>> {
  const { kind, width } = noiseOf(drawing)
  return codesOf(engine, drawing, count, (start, rows) =>
    fillNoise(kind, new Float32Array(rows * width), {
      seed,
      stream: streams.prior,
      step: start / DRAWN_AT_ONCE,
    }),
  )
}

const noiseOf = ({ draws, latent }: Drawing): NoiseNeed => draws.noise ?? { kind: 'normal', width: latent }

/** The codes [count, latent] that noise comes to, which is asked for part by part. */
export async function codesOf(
  engine: Engine,
  drawing: Drawing,
  count: number,
  noiseAt: (start: number, rows: number) => Float32Array,
): Promise<NDArray<Float32Array>> {
  const { draws, latent, values, condition } = drawing
  const need = noiseOf(drawing)
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
    const fixed = {
      noise: { data: noiseAt(start, rows), shape: [rows, need.width] },
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
