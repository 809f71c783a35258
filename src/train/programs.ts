import { square } from '../graph/functions.ts'
import { gradient } from '../graph/gradient.ts'
import { add } from '../graph/ops/add.ts'
import { div } from '../graph/ops/div.ts'
import { minimum } from '../graph/ops/extremum.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import { sqrt } from '../graph/ops/sqrt.ts'
import { sum } from '../graph/ops/sum.ts'
import { type Program, program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Noise } from '../model/noise.ts'
import type { Parameter } from '../model/parameters.ts'
import { type Player, traceObjective } from '../objective/trace.ts'
import { type Layout, layoutOf } from '../optimizers/layout.ts'
import { type Learning, type Plan, traceRequest } from './plan.ts'

/** The part whose parameters may lower a loss of their own. */
const ENCODER = 'encoder'

/** Prefixes of program values. */
export const GRADIENT = 'gradient.'
export const TERM = 'term.'
export const PLAYER = 'opponent.'
export const SCALAR = 'optimizer.'
export const NEXT = 'next.'

/** One training step as a program. */
export interface TracedStep {
  readonly program: Program
  /** Of each player, the model first. */
  readonly layouts: readonly Layout[]
  readonly noise: readonly Noise[]
}

interface TracedLosses extends Omit<TracedStep, 'program'> {
  readonly players: readonly Player[]
  readonly losses: Readonly<Record<string, Tensor>>
  readonly replacements: ReadonlyMap<Parameter, Tensor>
}

/** Losses by name, and those who lower them. */
function traceLosses(plan: Plan): TracedLosses {
  const { players, reconstruction, kl, terms, noise, replacements } = traceObjective(traceRequest(plan))
  const [model, ...opponents] = players
  return {
    players,
    noise,
    replacements,
    layouts: players.map(({ key, parameters }) =>
      layoutOf(key, parameters, plan.players[key].optimizer.kind.slots),
    ),
    losses: {
      loss: model.loss,
      reconstruction,
      ...(kl ? { kl } : {}),
      ...prefixed(TERM, Object.entries(terms)),
      ...prefixed(
        PLAYER,
        opponents.map(({ key, loss }) => [key, loss]),
      ),
    },
  }
}

const prefixed = (prefix: string, entries: readonly [string, Tensor][]): Record<string, Tensor> =>
  Object.fromEntries(entries.map(([name, value]) => [prefix + name, value]))

/** The parameters that a player moves down its gradient: all but those that are replaced. */
const descending = ({ parameters }: Player, replacements: ReadonlyMap<Parameter, Tensor>) =>
  parameters.filter((parameter) => !replacements.has(parameter))

/** Gradients of what each parameter lowers: the player's loss, or what its encoder has instead. */
function gradientsOf({ loss, encoderLoss }: Player, parameters: readonly Parameter[]): Tensor[] {
  const of = (lowered: Tensor, some: readonly Parameter[]) =>
    gradient(
      lowered,
      some.map(({ tensor }) => tensor),
    )
  if (!encoderLoss) return of(loss, parameters)
  const isEncoder = ({ part }: Parameter) => part === ENCODER
  const slopes = new Map<Parameter, Tensor>()
  for (const [lowered, some] of [
    [encoderLoss, parameters.filter(isEncoder)],
    [loss, parameters.filter((parameter) => !isEncoder(parameter))],
  ] as const)
    of(lowered, some).forEach((slope, i) => {
      slopes.set(some[i], slope)
    })
  return parameters.map((parameter) => slopes.get(parameter) as Tensor)
}

/** Losses and gradients, and replaced parameters: what engines run whose optimizer works on the host. */
export function gradientProgram(plan: Plan): TracedStep {
  const { players, layouts, losses, noise, replacements } = traceLosses(plan)
  const gradients = players.flatMap((player) => {
    const parameters = descending(player, replacements)
    const slopes = gradientsOf(player, parameters)
    return parameters.map(({ name }, i): [string, Tensor] => [name, slopes[i]])
  })
  const replaced = [...replacements].map(([{ name }, value]): [string, Tensor] => [name, value])
  const traced = program('train', {
    ...losses,
    ...prefixed(GRADIENT, gradients),
    ...prefixed(NEXT, replaced),
  })
  return { program: traced, layouts, noise: drawnFor(traced, noise) }
}

/** Losses, and next values of parameters and slots: the whole update as one program, its state on the device. */
export function updateProgram(plan: Plan): TracedStep & { readonly carry: Record<string, string> } {
  const { players, layouts, losses, noise, replacements } = traceLosses(plan)
  const next: [string, Tensor][] = [...replacements].map(([{ name }, value]) => [name, value])
  for (const player of players) {
    const parameters = descending(player, replacements)
    const raw = gradientsOf(player, parameters)
    const slopes = plan.clipNorm === null ? raw : clipped(raw, plan.clipNorm)
    next.push(...tracedUpdate(player.key, plan.players[player.key], parameters, slopes))
  }
  const traced = program('update', { ...losses, ...prefixed(NEXT, next) })
  return {
    program: traced,
    layouts,
    noise: drawnFor(traced, noise),
    carry: Object.fromEntries(next.map(([name]) => [name, NEXT + name])),
  }
}

/** Losses alone, without a gradient. */
export function lossProgram(plan: Plan): TracedStep {
  const { layouts, losses, noise } = traceLosses(plan)
  const traced = program('losses', losses)
  return { program: traced, layouts, noise: drawnFor(traced, noise) }
}

/** The noise that a program reads. */
export const drawnFor = ({ inputs }: Program, noise: readonly Noise[]): Noise[] =>
  noise.filter(({ name }) => inputs.some((read) => read.name === name))

/** The next parameters and slots of one player. */
function tracedUpdate(
  player: string,
  { optimizer: { kind, options } }: Learning,
  parameters: readonly Parameter[],
  gradients: readonly Tensor[],
): [string, Tensor][] {
  const scalars = Object.fromEntries(
    Object.keys(kind.scalars(1, 1, options)).map((name) => [name, input(scalarInput(player, name), [])]),
  )
  return parameters.flatMap(({ name, tensor, shape }, i): [string, Tensor][] => {
    const slots = kind.slots.map((slot) => input(slotName(slot, name), shape))
    const { parameter, slots: after } = kind.trace(tensor, gradients[i], slots, scalars, options)
    return [
      [name, parameter],
      ...kind.slots.map((slot, k): [string, Tensor] => [slotName(slot, name), after[k]]),
    ]
  })
}

export const scalarInput = (player: string, name: string): string => `${SCALAR}${player}.${name}`
export const slotName = (slot: string, parameter: string): string => `${slot}/${parameter}`

/** Keeps 0 / 0 away where every gradient is zero. */
export const NORM_FLOOR = 1e-12

function clipped(gradients: readonly Tensor[], limit: number): Tensor[] {
  const norm = sqrt(gradients.map((g) => sum(square(g))).reduce((a, b) => add(a, b)))
  const factor = minimum(div(limit, add(norm, NORM_FLOOR)), 1)
  return gradients.map((g) => mul(g, factor))
}
