import type { Engine, Feeds } from '../engine/engine.ts'
import { drawNoise, type Noise } from '../model/noise.ts'
import { knobsAt } from '../objective/objective.ts'
import type { Plan } from './plan.ts'
import { lossProgram } from './programs.ts'
import { lossesOf, programFeeds, type StepFeeds, type StepLosses } from './step.ts'

/** What the update after `done` others sees besides parameters: its batch, its noise, its weights. */
export async function batchFeeds(
  { batches, reader, train, terms, seed }: Plan,
  noise: readonly Noise[],
  done: number,
): Promise<Pick<StepFeeds, 'x' | 'noise' | 'knobs'>> {
  const drawn = noise.map((own) => [own.name, drawNoise(own, { seed, step: done })])
  return {
    x: await reader.training(train, batches.at(done), done),
    noise: Object.fromEntries(drawn),
    knobs: knobsAt(terms, done),
  }
}

/** The losses that the update after `done` others would see, under parameters by name; nothing is moved. */
export async function lossesAt(plan: Plan, engine: Engine, values: Feeds, done: number): Promise<StepLosses> {
  const { program, noise } = lossProgram(plan)
  using executable = await engine.load(program, { constants: plan.scaling })
  const feeds = { ...values, ...programFeeds(await batchFeeds(plan, noise, done)) }
  const read = program.inputs.filter(({ name }) => name in feeds).map(({ name }) => [name, feeds[name]])
  return lossesOf(await executable.run(Object.fromEntries(read)))
}
