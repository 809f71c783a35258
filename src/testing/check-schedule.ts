import type { ScheduleKind } from '../objective/schedule.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { wordsFlaws } from './words.ts'

/** Numbers that arguments are tried with, until they are none that a schedule refuses. */
const tried = [0.5, 100, 1, 2, 0, 10]
const steps = [0, 1, 7, 50, 99, 100, 101, 1000, 1e6]

/** Arguments that a schedule takes. */
function someArguments({ parameters, refuse }: ScheduleKind): readonly number[] | undefined {
  const count = parameters.at(-1) === '…' ? parameters.length - 1 : parameters.length
  for (let at = 0; at < tried.length ** count; at++) {
    const args = Array.from(
      { length: count },
      (_, i) => tried[Math.floor(at / tried.length ** i) % tried.length],
    )
    if (new Set(args).size === count && refuse(args) === undefined) return args
  }
  return undefined
}

/** Whether a schedule is a function of the step alone, between the values that it says it has. */
export const checkSchedule = (kind: ScheduleKind): Promise<readonly Flaw[]> =>
  flawsOf('at', async () => {
    const args = someArguments(kind)
    const words = [
      ...wordsFlaws(kind),
      ...flawUnless(
        /^[a-z]+$/.test(kind.name),
        'name',
        () => `"${kind.name}"; wanted lower-case letters, as weights are written`,
      ),
    ]
    if (!args)
      return [...words, { check: 'refuse', said: 'every arguments are refused; wanted some that can be' }]
    const values = kind.values(args)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const forth = steps.map((step) => kind.at(step, args))
    const back = steps
      .toReversed()
      .map((step) => kind.at(step, args))
      .toReversed()
    const slack = 1e-9 * (1 + Math.abs(high) + Math.abs(low))
    return [
      ...words,
      ...flawUnless(
        [...forth, ...values].every(Number.isFinite) && values.length > 0,
        'at',
        () => `${forth.join(', ')} with ${kind.name}(${args.join(', ')}); wanted finite numbers`,
      ),
      ...flawUnless(
        forth.every((value) => value >= low - slack && value <= high + slack),
        'values',
        () => `${forth.join(', ')}, where its values are ${values.join(', ')}; wanted all between these`,
      ),
      ...flawUnless(
        forth.every((value, i) => Object.is(value, back[i])),
        'repeat',
        () => 'other values when steps are asked for in another order; wanted a function of the step',
      ),
    ]
  })
