/**
 * One small grammar for every weight that may change while training: a number, or `name(argument, …)`.
 *
 * `linear(0, 4, 10000)` goes from 0 to 4 in 10,000 steps and stays. A schedule is a pure function of the step, so a
 * resumed run sees the weights it would have seen.
 */
import { z } from 'zod'
import { fail } from '../base/errors.ts'

export interface ScheduleKind {
  readonly name: string
  readonly parameters: readonly string[]
  readonly summary: string
  /** Why the arguments cannot be used; undefined where they can. */
  refuse(args: readonly number[]): string | undefined
  at(step: number, args: readonly number[]): number
}

const positiveSteps = (position: number) => (args: readonly number[]) =>
  args[position] > 0 ? undefined : `a positive number of steps, not ${args[position]}`

/** Share of the way through `steps`, held at 1 afterwards. */
const progress = (step: number, steps: number): number => Math.min(step / steps, 1)

/** Every schedule. To add one: one entry here. */
export const allSchedules: readonly ScheduleKind[] = [
  {
    name: 'constant',
    parameters: ['value'],
    summary: 'the same at every step',
    refuse: () => undefined,
    at: (_, [value]) => value,
  },
  {
    name: 'linear',
    parameters: ['from', 'to', 'steps'],
    summary: 'a straight line, then held',
    refuse: positiveSteps(2),
    at: (step, [from, to, steps]) => from + (to - from) * progress(step, steps),
  },
  {
    name: 'cosine',
    parameters: ['from', 'to', 'steps'],
    summary: 'half a cosine wave, then held',
    refuse: positiveSteps(2),
    at: (step, [from, to, steps]) =>
      from + ((to - from) * (1 - Math.cos(Math.PI * progress(step, steps)))) / 2,
  },
  {
    name: 'cyclic',
    parameters: ['from', 'to', 'period', 'ramp'],
    summary: 'rises over the first `ramp` share of every period, then held until the next (Fu et al. 2019)',
    refuse: (args) =>
      positiveSteps(2)(args) ??
      (args[3] > 0 && args[3] <= 1 ? undefined : `a ramp in (0, 1], not ${args[3]}`),
    at: (step, [from, to, period, ramp]) => from + (to - from) * Math.min((step % period) / period / ramp, 1),
  },
]

/** A weight as a recipe holds it: a number, or a schedule as text. */
export const weightSchema = z.union([z.number(), z.string()])
export type Weight = z.infer<typeof weightSchema>

export interface Schedule {
  readonly kind: ScheduleKind
  readonly args: readonly number[]
  readonly text: string
}

const grammar = (): string =>
  ['a number', ...allSchedules.map(({ name, parameters }) => `${name}(${parameters.join(', ')})`)].join(', ')

function refuse(weight: Weight, wanted = grammar()): never {
  return fail({
    code: 'objective/schedule',
    seen: `weight "${weight}"`,
    wanted,
    fix: 'write for example 4 or linear(0, 4, 10000)',
    usage: true,
  })
}

/** Reads a weight. Throws a usage error that quotes the grammar. */
export function parseWeight(weight: Weight): Schedule {
  const text = String(weight).trim()
  const call = /^([a-z]+)\(([^()]*)\)$/.exec(text)
  const [name, list] = call ? [call[1], call[2].split(',')] : ['constant', [text]]
  const args = list.map((argument) => (argument.trim() === '' ? Number.NaN : Number(argument)))
  const kind = allSchedules.find((candidate) => candidate.name === name) ?? refuse(weight)
  if (args.length !== kind.parameters.length || args.some((argument) => !Number.isFinite(argument)))
    refuse(weight)
  const reason = kind.refuse(args)
  if (reason) refuse(weight, reason)
  return { kind, args, text: kind.name === 'constant' ? String(args[0]) : `${name}(${args.join(', ')})` }
}

/** The weight at a step. */
export const weightAt = ({ kind, args }: Schedule, step: number): number => kind.at(step, args)

/** Where a schedule ends up, which is the number that reports quote. */
export const finalWeight = (schedule: Schedule): number =>
  schedule.kind.name === 'constant' ? schedule.args[0] : schedule.args[1]
