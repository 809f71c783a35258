import type { Engine } from '../engine/engine.ts'
import { arenaOf } from './arena.ts'
import { layoutOf } from './layout.ts'
import type { Plan } from './plan.ts'
import { GRADIENT, gradientProgram, NORM_FLOOR } from './programs.ts'
import { lossesOf, programFeeds, type Start, type Step } from './step.ts'
import { openUpdate } from './update.ts'

/** A step whose program gives gradients and whose optimizer works in place on the host: fastest on a CPU. */
export async function openHostStep(plan: Plan, engine: Engine, start: Start): Promise<Step> {
  const traced = gradientProgram(plan)
  const layout = layoutOf(traced.parameters)
  const executable = await engine.load(traced.program, { constants: plan.scaling })
  const arena = arenaOf(layout.size, 2 + start.slots.length)
  const [parameters, gradients, ...slots] = arena.arrays
  parameters.set(start.parameters)
  slots.forEach((slot, i) => {
    slot.set(start.slots[i])
  })
  const update = await openUpdate(plan.optimizer, arena)
  const values = layout.views(parameters)
  const into = Object.fromEntries(
    Object.entries(layout.views(gradients)).map(([name, view]) => [GRADIENT + name, view]),
  )
  return {
    layout,
    async run(feeds) {
      const results = await executable.run({ ...values, ...programFeeds(feeds) }, into)
      const scale = plan.clipNorm === null ? 1 : clipFactor(normOf(gradients), plan.clipNorm)
      update(feeds.count, feeds.learningRate, scale)
      return lossesOf(results)
    },
    snapshot: async () => ({ parameters: parameters.slice(), slots: slots.map((slot) => slot.slice()) }),
    values: async () => values,
    [Symbol.dispose]: () => executable.dispose(),
  }
}

/** Factor that keeps a norm at or below its limit. */
const clipFactor = (norm: number, limit: number): number => Math.min(1, limit / (norm + NORM_FLOOR))

function normOf(gradients: Float32Array): number {
  let sum = 0
  for (let i = 0; i < gradients.length; i++) sum += gradients[i] * gradients[i]
  return Math.sqrt(sum)
}
