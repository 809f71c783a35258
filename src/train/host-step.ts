import type { Engine } from '../engine/engine.ts'
import { layoutOf } from './layout.ts'
import type { Plan } from './plan.ts'
import { GRADIENT, gradientProgram, NORM_FLOOR } from './programs.ts'
import { lossesOf, programFeeds, type Start, type Step } from './step.ts'

/** A step whose program gives gradients and whose optimizer works in place on the host: fastest on a CPU. */
export async function openHostStep(plan: Plan, engine: Engine, start: Start): Promise<Step> {
  const traced = gradientProgram(plan)
  const layout = layoutOf(traced.parameters)
  const executable = await engine.load(traced.program, { constants: plan.scaling })
  const arena = start.parameters.slice()
  const slots = start.slots.map((slot) => slot.slice())
  const gradients = new Float32Array(layout.size)
  const values = layout.views(arena)
  const into = Object.fromEntries(
    Object.entries(layout.views(gradients)).map(([name, view]) => [GRADIENT + name, view]),
  )
  const { kind, options } = plan.optimizer
  return {
    layout,
    async run(feeds) {
      const results = await executable.run({ ...values, ...programFeeds(feeds) }, into)
      const scale = plan.clipNorm === null ? 1 : clipFactor(normOf(gradients), plan.clipNorm)
      kind.update(
        arena,
        gradients,
        slots,
        kind.scalars(feeds.count, feeds.learningRate, options),
        scale,
        options,
      )
      return lossesOf(results)
    },
    snapshot: async () => ({ parameters: arena.slice(), slots: slots.map((slot) => slot.slice()) }),
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
