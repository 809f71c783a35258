import type { NDArray } from '../base/arrays.ts'
import type { CrewOf } from '../engine/crew.ts'
import type { Engine } from '../engine/engine.ts'
import { arenaOf } from '../optimizers/arena.ts'
import { allViews, type Layout } from '../optimizers/layout.ts'
import { crewFor, openUpdate, type Update } from '../optimizers/update.ts'
import type { Plan } from './plan.ts'
import { GRADIENT, gradientProgram, NEXT, NORM_FLOOR } from './programs.ts'
import { lossesOf, type PlayerState, programFeeds, type Step } from './step.ts'

/** A step whose program gives gradients and whose optimizer works in place on the host: fastest on a CPU. */
export async function openHostStep(plan: Plan, engine: Engine, start: readonly PlayerState[]): Promise<Step> {
  const { program, layouts, noise } = gradientProgram(plan)
  const players = await openPlayers(plan, layouts, start, engine.crew)
  // Threads of its own that wait awake would hold the cores that a crew computes on.
  const rests = players.some(({ update }) => update.dissolve)
  const executable = await engine.load(program, { constants: plan.scaling, rests })
  const values = allViews(
    layouts,
    players.map(({ parameters }) => parameters),
  )
  const gradients = allViews(
    layouts,
    players.map((player) => player.gradients),
  )
  const wanted = Object.keys(program.outputs)
  const into = Object.fromEntries(
    Object.entries(gradients)
      .map(([name, view]): [string, NDArray] => [GRADIENT + name, view])
      .filter(([name]) => wanted.includes(name)),
  )
  const replaced = wanted.filter((name) => name.startsWith(NEXT))
  return {
    layouts,
    noise,
    async run(feeds) {
      const results = await executable.run({ ...values, ...programFeeds(feeds) }, into)
      players.forEach(({ gradients: slopes, update }, i) => {
        const scale = plan.clipNorm === null ? 1 : clipFactor(normOf(slopes), plan.clipNorm)
        update.run(feeds.count, feeds.learningRates[i], scale)
      })
      for (const name of replaced) values[name.slice(NEXT.length)].data.set(results[name].data)
      return lossesOf(results)
    },
    snapshot: async () => players.map(({ parameters, slots }) => ({ parameters, slots })),
    values: async () => values,
    [Symbol.dispose]() {
      for (const { update } of players) update.dissolve?.()
      executable.dispose()
    },
  }
}

/** One player's arrays, side by side in memory, and what moves them. */
interface PlayerArrays {
  readonly parameters: Float32Array
  readonly gradients: Float32Array
  readonly slots: readonly Float32Array[]
  readonly update: Update
}

/** Apart from the step, so that nothing of it holds on to what it started from. */
const openPlayers = (
  plan: Plan,
  layouts: readonly Layout[],
  start: readonly PlayerState[],
  crewOf: CrewOf | undefined,
) => Promise.all(layouts.map((layout, i) => openPlayer(plan, layout, start[i], crewOf)))

async function openPlayer(
  plan: Plan,
  layout: Layout,
  start: PlayerState,
  crewOf: CrewOf | undefined,
): Promise<PlayerArrays> {
  const { optimizer } = plan.players[layout.player]
  const crew = crewFor(optimizer.kind, layout.size, crewOf)
  const arena = arenaOf(layout.size, 2 + layout.slots.length, !!crew)
  const [parameters, gradients, ...slots] = arena.arrays
  parameters.set(start.parameters)
  slots.forEach((slot, i) => {
    slot.set(start.slots[i])
  })
  return {
    parameters,
    gradients,
    slots,
    update: await openUpdate(optimizer, arena, crew),
  }
}

/** Factor that keeps a norm at or below its limit. */
const clipFactor = (norm: number, limit: number): number => Math.min(1, limit / (norm + NORM_FLOOR))

function normOf(gradients: Float32Array): number {
  let sum = 0
  for (let i = 0; i < gradients.length; i++) sum += gradients[i] * gradients[i]
  return Math.sqrt(sum)
}
