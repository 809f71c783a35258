import type { Bearer } from '../base/parts.ts'
import type { SpecOf } from '../model/spec.ts'
import { type ObjectiveSpec, readObjective } from './objective.ts'
import { parseWeight, type Weight } from './schedule.ts'

/** A weight that was moved by hand while training. @inline */
export interface WeightMove {
  /** Updates done when it was moved; the next one is the first with the new weight. */
  readonly step: number
  /** Key of the term. */
  readonly term: string
  readonly weight: Weight
}

/**
 * An objective as it was steered: a number that was moved to others becomes `steps(…)` of them all, so that training
 * with it sees every weight again at the same step.
 *
 * A term that had or got a schedule keeps the last weight alone: no schedule says where another one was left.
 */
export function withMoves(
  spec: ObjectiveSpec,
  model: SpecOf<'latent' | 'prior'>,
  moves: readonly WeightMove[],
): ObjectiveSpec {
  if (moves.length === 0) return spec
  const keys = readObjective(spec, model).map(({ key }) => key)
  const terms = spec.terms.map((term, i) => {
    const own = moves.filter((move) => move.term === keys[i])
    return own.length === 0 ? term : { ...term, weight: movedWeight(term.weight, own, model) }
  })
  return { ...spec, terms }
}

/** One schedule of a weight and where it was moved to, in the order of steps. */
function movedWeight(weight: Weight, moves: readonly WeightMove[], model: Bearer): Weight {
  const course = courseOf(weight, model)
  const last = moves[moves.length - 1].weight
  if (!course || moves.some((move) => !isNumber(move.weight, model))) return last
  for (const move of moves) {
    const value = Number(move.weight)
    // What a schedule had still before it is left, and of moves that no step came between all but the last.
    while (course.length > 0 && course[course.length - 1].step >= move.step) course.pop()
    if (course.at(-1)?.value !== value) course.push({ step: move.step, value })
  }
  const [{ value: first }, ...rest] = course
  return rest.length === 0
    ? first
    : `steps(${[first, ...rest.flatMap(({ step, value }) => [step, value])].join(', ')})`
}

/** The values of a number or of `steps(…)` and where each begins; undefined for other schedules. */
function courseOf(weight: Weight, model: Bearer): { step: number; value: number }[] | undefined {
  const { kind, args } = parseWeight(weight, model)
  if (kind.name !== 'constant' && kind.name !== 'steps') return undefined
  return args.flatMap((value, i) => (i % 2 === 0 ? [{ step: i === 0 ? 0 : args[i - 1], value }] : []))
}

const isNumber = (weight: Weight, model: Bearer): boolean =>
  parseWeight(weight, model).kind.name === 'constant'
