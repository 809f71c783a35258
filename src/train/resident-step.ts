import type { NDArray } from '../base/arrays.ts'
import type { Engine } from '../engine/engine.ts'
import { allViews } from '../optimizers/layout.ts'
import type { Plan } from './plan.ts'
import { scalarInput, slotName, updateProgram } from './programs.ts'
import { lossesOf, type PlayerState, programFeeds, type Step, scalar } from './step.ts'

/** A step that is one program, its parameters and slots resident on the engine's device. */
export async function openResidentStep(
  plan: Plan,
  engine: Engine,
  start: readonly PlayerState[],
): Promise<Step> {
  const { program, layouts, noise, carry } = updateProgram(plan)
  const named = (states: readonly PlayerState[]): Record<string, NDArray<Float32Array>> => {
    const slots = layouts.flatMap((layout, i) =>
      layout.slots.flatMap((slot, k) =>
        Object.entries(layout.views(states[i].slots[k])).map(([name, view]) => [slotName(slot, name), view]),
      ),
    )
    const parameters = states.map((state) => state.parameters)
    return { ...allViews(layouts, parameters), ...Object.fromEntries(slots) }
  }
  const isCarried = ([name]: [string, NDArray]) => name in carry
  const state = Object.fromEntries(Object.entries(named(start)).filter(isCarried))
  const executable = await engine.load(program, { constants: plan.scaling, carry, state })
  const snapshot = async (): Promise<PlayerState[]> => {
    const now = await executable.state()
    const states = layouts.map(({ size, slots }) => ({
      parameters: new Float32Array(size),
      slots: slots.map(() => new Float32Array(size)),
    }))
    // A parameter that is replaced has slots that nothing writes.
    for (const [name, view] of Object.entries(named(states))) if (name in now) view.data.set(now[name].data)
    return states
  }
  return {
    layouts,
    noise,
    async run(feeds) {
      const scalars = layouts.flatMap(({ player }, i) => {
        const { kind, options } = plan.players[player].optimizer
        return Object.entries(kind.scalars(feeds.count, feeds.learningRates[i], options)).map(
          ([name, value]) => [scalarInput(player, name), scalar(value)],
        )
      })
      return lossesOf(await executable.run({ ...programFeeds(feeds), ...Object.fromEntries(scalars) }))
    },
    snapshot,
    values: async () =>
      allViews(
        layouts,
        (await snapshot()).map(({ parameters }) => parameters),
      ),
    [Symbol.dispose]: () => executable.dispose(),
  }
}
