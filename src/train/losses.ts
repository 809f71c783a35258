import type { NDArray } from '../base/arrays.ts'
import { fillNormal } from '../base/random.ts'
import { resolveShape, sizeOf } from '../base/shape.ts'
import type { Engine, Feeds, NormalDraws } from '../engine/engine.ts'
import { drawNoise, type Noise } from '../model/noise.ts'
import { knobsAt } from '../objective/objective.ts'
import type { Plan } from './plan.ts'
import { lossProgram } from './programs.ts'
import { lossesOf, programFeeds, type StepFeeds, type StepLosses } from './step.ts'

/** What an update sees of data and of chance. */
export type Batch = Pick<StepFeeds, 'examples' | 'noise'>

/**
 * Reads what the update after `done` others sees besides parameters and weights: its batch and its noise.
 *
 * They hold until the next are read, which come into the same memory: to take fresh memory for every batch, and to
 * collect it, costs as much as to fill it.
 */
export function batchesFor(
  { batches, reader, train, seed }: Plan,
  noise: readonly Noise[],
  normalDraws: NormalDraws = fillNormals,
): (done: number) => Promise<Batch> {
  const { dtype, exampleShape } = train.dataset
  const rows = new (dtype === 'uint8' ? Uint8Array : Float32Array)(batches.batch * sizeOf(exampleShape))
  const draws = noise.map((own) => [own.name, drawing(own, seed, normalDraws)] as const)
  return async (done) => ({
    examples: await reader.training(train, batches.at(done), done, rows),
    noise: Object.fromEntries(draws.map(([name, draw]) => [name, draw(done)])),
  })
}

const fillNormals: NormalDraws = (length) => {
  const numbers = new Float32Array(length)
  return (draw) => fillNormal(numbers, draw)
}

/** Draws a noise input for a step. */
function drawing(own: Noise, seed: number, normalDraws: NormalDraws): (step: number) => NDArray {
  if (own.kind !== 'normal') return (step) => drawNoise(own, { seed, step })
  const shape = resolveShape(own.shape, {})
  const draw = normalDraws(sizeOf(shape))
  return (step) => ({ data: draw({ seed, stream: own.stream, step }), shape })
}

/** The losses that the update after `done` others would see, under parameters by name; nothing is moved. */
export async function lossesAt(plan: Plan, engine: Engine, values: Feeds, done: number): Promise<StepLosses> {
  const { program, noise } = lossProgram(plan)
  using executable = await engine.load(program, { constants: plan.scaling })
  const batch = await batchesFor(plan, noise)(done)
  const feeds = { ...values, ...programFeeds({ ...batch, knobs: knobsAt(plan.terms, done) }) }
  const read = program.inputs.filter(({ name }) => name in feeds).map(({ name }) => [name, feeds[name]])
  return lossesOf(await executable.run(Object.fromEntries(read)))
}
