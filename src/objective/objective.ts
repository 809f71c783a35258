import { z } from 'zod'
import { fail } from '../base/errors.ts'
import { choose, latentOf, likelihoodNames, type ModelSpec } from '../model/spec.ts'
import { parseWeight, type Schedule, type Weight, weightAt, weightSchema } from './schedule.ts'
import type { OpponentTraining, Term } from './term.ts'
import { allTerms } from './terms/index.ts'

export const termSchema = z.looseObject({ term: z.string(), weight: weightSchema })
export type TermSpec = z.infer<typeof termSchema>

/** The part of a recipe that says what is minimized besides the reconstruction. */
export const objectiveSchema = z.strictObject({
  name: z.string().default('vae').describe('the preset it started from'),
  terms: z.array(termSchema),
})
export type ObjectiveSpec = z.infer<typeof objectiveSchema>

/** A term with its weight and options, under the key that events and programs use. */
export interface WeightedTerm {
  readonly key: string
  readonly term: Term
  readonly weight: Schedule
  readonly options: unknown
  /** Options that are schedules, by name. */
  readonly scheduled: Readonly<Record<string, Schedule>>
  readonly opponent?: OpponentTraining
}

/** Checks an objective against its model and gives its terms. Throws usage errors that name the fix. */
export function readObjective(spec: ObjectiveSpec, model: Pick<ModelSpec, 'latent'>): WeightedTerm[] {
  refuseLikelihoods(spec)
  const terms = spec.terms.map((term, i) => {
    const again = spec.terms.slice(0, i).filter((other) => other.term === term.term).length
    return readTerm(term, again === 0 ? term.term : `${term.term}-${again + 1}`)
  })
  refuseTwoRates(terms)
  for (const term of terms) refuseWithout(term, model)
  return terms
}

function readTerm({ term: name, weight, ...given }: TermSpec, key: string): WeightedTerm {
  const { kind: term, options } = choose('term', allTerms, { name, ...given })
  const scheduled = (term.scheduled ?? []).map((option) => {
    const value = (options as Readonly<Record<string, Weight>>)[option]
    return [option, parseWeight(value)] as const
  })
  return {
    key,
    term,
    weight: readWeight(term, weight),
    options,
    scheduled: Object.fromEntries(scheduled),
    ...(term.opponent ? { opponent: term.opponent(options) } : {}),
  }
}

/** A reconstruction that is charged twice has no likelihood. */
function refuseLikelihoods({ terms }: ObjectiveSpec): void {
  const second = terms.find(({ term }) => likelihoodNames.includes(term))
  if (second)
    fail({
      code: 'objective/two-likelihoods',
      seen: `the likelihood "${second.term}" among the terms`,
      wanted: 'one likelihood, which the model has already',
      fix: `drop the term, or choose the likelihood with --likelihood ${second.term}`,
      usage: true,
    })
}

function refuseTwoRates(terms: readonly WeightedTerm[]): void {
  const rates = terms.filter(({ term }) => term.rate)
  if (rates.length > 1)
    fail({
      code: 'objective/two-rates',
      seen: `${rates.length} divergences from the prior (${rates.map(({ key }) => key).join(', ')})`,
      wanted: 'at most one, so that β has one meaning',
      fix: 'keep one',
      usage: true,
    })
}

const needed = {
  draws: { wanted: 'a latent with a posterior', fix: 'use latent "gaussian", or drop the term' },
  gaussian: { wanted: 'a Gaussian posterior', fix: 'use latent "gaussian", or drop the term' },
} as const

function refuseWithout({ key, term }: WeightedTerm, model: Pick<ModelSpec, 'latent'>): void {
  const { kind } = latentOf(model)
  const has = { draws: kind.stochastic, gaussian: kind.gaussian }
  if (!term.needs || has[term.needs]) return
  fail({
    code: 'objective/needs-posterior',
    seen: `term "${key}" over the latent "${model.latent.name}"`,
    ...needed[term.needs],
    usage: true,
  })
}

function readWeight(term: Term, weight: TermSpec['weight']): Schedule {
  const schedule = parseWeight(weight)
  const lowest = schedule.lowest
  if (lowest < 0)
    fail({
      code: 'objective/negative-weight',
      seen: `--${term.option} ${schedule.text}`,
      wanted: `${term.symbol} ≥ 0`,
      fix: `a negative weight rewards what the term should hold back; use 0 to turn it off`,
      usage: true,
    })
  return schedule
}

/** Whether something holds codes to the prior, so that draws from it can be decoded. */
export const holdsToPrior = (spec: ObjectiveSpec, model: Pick<ModelSpec, 'latent'>): boolean =>
  readObjective(spec, model).some(({ term }) => term.rate !== undefined || term.holdsToPrior)

/** Name of the program input that carries a term's weight. */
export const weightInput = (key: string): string => `weight.${key}`
/** Name of the program input that carries an option of a term that may change with the step. */
export const optionInput = (key: string, option: string): string => `option.${key}.${option}`

/** Values of every weight and every scheduled option, by program input; `read` reads a schedule. */
export const knobs = (
  terms: readonly WeightedTerm[],
  read: (schedule: Schedule) => number,
): Record<string, number> =>
  Object.fromEntries(
    terms.flatMap(({ key, weight, scheduled }) => [
      [weightInput(key), read(weight)],
      ...Object.entries(scheduled).map(([option, schedule]) => [optionInput(key, option), read(schedule)]),
    ]),
  )

/** Weights and scheduled options at a training step, by program input. */
export const knobsAt = (terms: readonly WeightedTerm[], step: number): Record<string, number> =>
  knobs(terms, (schedule) => weightAt(schedule, step))

/** The weights among them, by term key. */
export const weightsOf = (
  terms: readonly WeightedTerm[],
  values: Readonly<Record<string, number>>,
): Record<string, number> => Object.fromEntries(terms.map(({ key }) => [key, values[weightInput(key)]]))
