/**
 * One small grammar for every weight that may change while training: a number, or `name(argument, …)`.
 *
 * `linear(0, 4, 10000)` goes from 0 to 4 in 10,000 steps and stays. A schedule is a pure function of the step, so a
 * resumed run sees the weights it would have seen.
 */
import * as z from 'zod/mini'
import { fail } from '../base/errors.ts'
import { type Bearer, find, type Part, part, registered } from '../base/parts.ts'

/** A way for a weight to change with the step. */
export interface ScheduleKind {
  /** Lower-case letters, as it is written before the arguments. */
  readonly name: string
  /** Names of the arguments, as the grammar shows them. */
  readonly parameters: readonly string[]
  readonly summary: string
  /** Why the arguments cannot be used; undefined where they can. */
  refuse(args: readonly number[]): string | undefined
  /** Its value at a step. */
  at(step: number, args: readonly number[]): number
  /** Every value that it stands still at or turns at, the last one last: all others lie between these. */
  values(args: readonly number[]): readonly number[]
}

/**
 * Makes a schedule that can be brought to a training.
 *
 * @example
 * ```ts
 * import { train } from 'betavae'
 * import { defineSchedule } from 'betavae/graph'
 *
 * const halving = defineSchedule({
 *   name: 'halving',
 *   parameters: ['from', 'steps'],
 *   summary: 'half as much after so many steps, and again',
 *   refuse: ([, steps]) => (steps > 0 ? undefined : `a positive number of steps, not ${steps}`),
 *   at: (step, [from, steps]) => from / 2 ** (step / steps),
 *   values: ([from]) => [from, 0],
 * })
 * const terms = [{ term: 'kl', weight: 'halving(4, 100)' }] as const
 * const draft = { data: { source: 'digits' }, objective: { terms }, training: { steps: 10 } } as const
 * console.log((await train(draft, { parts: [halving] })).trained.recipe.objective.terms)
 * ```
 */
export const defineSchedule = (kind: ScheduleKind): ScheduleKind & Part<'schedule'> => part('schedule', kind)

const positiveSteps = (position: number) => (args: readonly number[]) =>
  args[position] > 0 ? undefined : `a positive number of steps, not ${args[position]}`

/** Share of the way through `steps`, held at 1 afterwards. */
const progress = (step: number, steps: number): number => Math.min(step / steps, 1)

/** From one value to another along a curve from 0 to 1, then held. */
const ramp = (name: string, summary: string, curve: (share: number) => number): ScheduleKind => ({
  name,
  parameters: ['from', 'to', 'steps'],
  summary,
  refuse: positiveSteps(2),
  at: (step, [from, to, steps]) => from + (to - from) * curve(progress(step, steps)),
  values: ([from, to]) => [from, to],
})

/** Half the width of a sigmoid ramp, in its own units: it starts and ends within 0.25% of a plain sigmoid's ends. */
const SIGMOID_REACH = 6
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const [sigmoidStart, sigmoidEnd] = [sigmoid(-SIGMOID_REACH), sigmoid(SIGMOID_REACH)]

/** Every schedule. To add one: one entry here. */
export const allSchedules: readonly ScheduleKind[] = [
  {
    name: 'constant',
    parameters: ['value'],
    summary: 'the same at every step',
    refuse: () => undefined,
    at: (_, [value]) => value,
    values: ([value]) => [value],
  },
  ramp('linear', 'a straight line, then held', (share) => share),
  ramp('cosine', 'half a cosine wave, then held', (share) => (1 - Math.cos(Math.PI * share)) / 2),
  ramp(
    'sigmoid',
    'an S-curve, steepest in the middle, then held (Bowman et al. 2016)',
    (share) => (sigmoid(SIGMOID_REACH * (2 * share - 1)) - sigmoidStart) / (sigmoidEnd - sigmoidStart),
  ),
  {
    name: 'cyclic',
    parameters: ['from', 'to', 'period', 'ramp'],
    summary: 'rises over the first `ramp` share of every period, then held until the next (Fu et al. 2019)',
    refuse: (args) =>
      positiveSteps(2)(args) ??
      (args[3] > 0 && args[3] <= 1 ? undefined : `a ramp in (0, 1], not ${args[3]}`),
    at: (step, [from, to, period, ramp]) => from + (to - from) * Math.min((step % period) / period / ramp, 1),
    values: ([from, to]) => [from, to],
  },
  {
    name: 'steps',
    parameters: ['value', 'step', 'value', '…'],
    summary: 'one value until a step, the next value from it on, and so forth',
    refuse: (args) => {
      const steps = args.filter((_, i) => i % 2 === 1)
      const rising = steps.every((step, i) => step > (i === 0 ? 0 : steps[i - 1]))
      return args.length >= 3 && args.length % 2 === 1 && rising
        ? undefined
        : 'values with rising steps between them, such as steps(1, 1000, 0.1)'
    },
    at: (step, args) => args[2 * args.filter((from, i) => i % 2 === 1 && step >= from).length],
    values: (args) => args.filter((_, i) => i % 2 === 0),
  },
]

/** A weight as a recipe holds it: a number, or a schedule as text. */
export const weightSchema = z.union([z.number(), z.string()])
export type Weight = z.infer<typeof weightSchema>

/** @inline */
export interface Schedule {
  readonly kind: ScheduleKind
  readonly args: readonly number[]
  readonly text: string
  /** The least of its values. */
  readonly lowest: number
  /** The greatest of its values. */
  readonly highest: number
}

const grammar = (bearer: Bearer): string =>
  [
    'a number',
    ...registered('schedule', allSchedules, bearer).map(
      ({ name, parameters }) => `${name}(${parameters.join(', ')})`,
    ),
  ].join(', ')

const FIX = 'write for example 4 or linear(0, 4, 10000)'

function refuseWeight(weight: Weight, wanted: string): never {
  return fail({
    code: 'objective/schedule',
    seen: `weight "${weight}"`,
    wanted,
    fix: FIX,
    usage: true,
  })
}

/** Reads a weight; names lead to what the bearer brought, too. Throws a usage error that quotes the grammar. */
export function parseWeight(weight: Weight, bearer: Bearer): Schedule {
  const text = String(weight).trim()
  const call = /^([a-z]+)\(([^()]*)\)$/.exec(text)
  const [name, list] = call ? [call[1], call[2].split(',')] : ['constant', [text]]
  const args = list.map((argument) => (argument.trim() === '' ? Number.NaN : Number(argument)))
  const kind = find('schedule', allSchedules, name, bearer, {
    code: 'objective/schedule',
    seen: `weight "${weight}"`,
    wanted: grammar(bearer),
    fix: FIX,
  })
  const { parameters } = kind
  const isOpen = parameters.at(-1) === '…'
  if ((!isOpen && args.length !== parameters.length) || args.some((argument) => !Number.isFinite(argument)))
    refuseWeight(weight, grammar(bearer))
  const reason = kind.refuse(args)
  if (reason) refuseWeight(weight, reason)
  const values = kind.values(args)
  return {
    kind,
    args,
    text: kind.name === 'constant' ? String(args[0]) : `${name}(${args.join(', ')})`,
    lowest: Math.min(...values),
    highest: Math.max(...values),
  }
}

/** The weight at a step. */
export const weightAt = ({ kind, args }: Schedule, step: number): number => kind.at(step, args)

/** Where a schedule ends up, which is the number that reports quote. */
export const finalWeight = ({ kind, args }: Schedule): number => kind.values(args).at(-1) as number
