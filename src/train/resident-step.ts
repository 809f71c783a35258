import type { Engine, Executable } from '../engine/engine.ts'
import { type Layout, layoutOf } from './layout.ts'
import type { Plan } from './plan.ts'
import { SCALAR, updateProgram } from './programs.ts'
import { lossesOf, programFeeds, type Start, type Step, scalar } from './step.ts'

/** A step that is one program, its parameters and slots resident on the engine's device. */
export async function openResidentStep(plan: Plan, engine: Engine, start: Start): Promise<Step> {
  const traced = updateProgram(plan)
  const layout = layoutOf(traced.parameters)
  const { kind, options } = plan.optimizer
  const slotViews = kind.slots.flatMap((slot, i) =>
    Object.entries(layout.views(start.slots[i])).map(([name, view]) => [`${slot}/${name}`, view]),
  )
  const executable = await engine.load(traced.program, {
    constants: plan.scaling,
    carry: traced.carry,
    state: { ...layout.views(start.parameters), ...Object.fromEntries(slotViews) },
  })
  return {
    layout,
    async run(feeds) {
      const scalars = kind.scalars(feeds.count, feeds.learningRate, options)
      const named = Object.entries(scalars).map(([name, value]) => [SCALAR + name, scalar(value)])
      return lossesOf(await executable.run({ ...programFeeds(feeds), ...Object.fromEntries(named) }))
    },
    snapshot: () => residentSnapshot(executable, layout, kind.slots),
    values: async () => layout.views((await residentSnapshot(executable, layout, [])).parameters),
    [Symbol.dispose]: () => executable.dispose(),
  }
}

async function residentSnapshot(executable: Executable, layout: Layout, slotNames: readonly string[]) {
  const state = await executable.state()
  const gather = (prefix: string): Float32Array => {
    const arena = new Float32Array(layout.size)
    for (const [name, view] of Object.entries(layout.views(arena))) view.data.set(state[prefix + name].data)
    return arena
  }
  return { parameters: gather(''), slots: slotNames.map((slot) => gather(`${slot}/`)) }
}
