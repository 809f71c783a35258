import { fail } from '../base/errors.ts'
import { type Bearer, carried, registered } from '../base/parts.ts'
import { refuseLatentWithout } from '../model/latent-needs.ts'
import { loadKinds } from '../model/load-kinds.ts'
import { choose, likelihoodNames, priorOf, refuseOptions, type SpecOf } from '../model/spec.ts'
import { optionInput, weightInput } from './inputs.ts'
import { loadTerms } from './load-terms.ts'
import { allPresets } from './presets/index.ts'
import { parseWeight, type Schedule, type Weight, weightAt } from './schedule.ts'
import type { ObjectiveSpec, TermSpec } from './spec.ts'
import { type OpponentTraining, type Schedules, type Term, tidy } from './term.ts'
import { allTerms } from './terms/index.ts'

export { type ObjectiveSpec, objectiveSchema, type TermSpec } from './spec.ts'

/** A term with its weight and options, under the key that events and programs use. */
export interface WeightedTerm extends Bearer {
  readonly key: string
  readonly term: Term
  readonly weight: Schedule
  readonly options: unknown
  /** Options that are schedules, by name. */
  readonly scheduled: Schedules
  readonly opponent?: OpponentTraining
}

/** What a model says of its code, and the parts that an objective's names may lead to. */
type CodeSpec = SpecOf<'latent' | 'prior'>

/** Checks an objective against its model and gives its terms. Throws usage errors that name the fix. */
export function readObjective(spec: ObjectiveSpec, model: CodeSpec): WeightedTerm[] {
  refuseLikelihoods(spec, model)
  const terms = spec.terms.map((term, i) => {
    const again = spec.terms.slice(0, i).filter((other) => other.term === term.term).length
    return readTerm(term, again === 0 ? term.term : `${term.term}-${again + 1}`, model)
  })
  refuseTwoRates(terms, model)
  for (const term of terms) refuseOver(model, term)
  return terms
}

function readTerm({ term: name, weight, ...given }: TermSpec, key: string, bearer: Bearer): WeightedTerm {
  const { kind: term, options } = choose('term', allTerms, { name, ...given }, bearer)
  return {
    key,
    term,
    weight: readWeight(term, weight, options, bearer),
    options,
    scheduled: schedulesOf(term, options, bearer),
    ...carried(bearer),
    ...(term.opponent ? { opponent: term.opponent(options) } : {}),
  }
}

/** Reads those options of a term that may be schedules. Error, usage: `choice/term-options`. */
export function schedulesOf(term: Term, options: unknown, bearer: Bearer): Schedules {
  const read = Object.entries(term.scheduled ?? {}).map(([option, wantedOf]) => {
    const schedule = parseWeight((options as Readonly<Record<string, Weight>>)[option], bearer)
    const wanted = wantedOf(schedule)
    if (wanted !== undefined) refuseOptions('term', term.name, options, `${option}: ${wanted}`)
    return [option, schedule] as const
  })
  return Object.fromEntries(read)
}

/** A reconstruction that is charged twice has no likelihood. */
function refuseLikelihoods({ terms }: ObjectiveSpec, bearer: Bearer): void {
  const second = terms.find(({ term }) => likelihoodNames(bearer).includes(term))
  if (second)
    fail({
      code: 'objective/two-likelihoods',
      seen: `the likelihood "${second.term}" among the terms`,
      wanted: 'one likelihood, which the model has already',
      fix: `drop the term, or choose the likelihood with --likelihood ${second.term}`,
      usage: true,
    })
}

function refuseTwoRates(terms: readonly WeightedTerm[], bearer: Bearer): void {
  const rates = terms.filter(({ term }) => term.rate)
  if (rates.length > 1)
    fail({
      code: 'objective/two-rates',
      seen: `${rates.length} divergences from the prior (${rates.map(({ key }) => key).join(', ')})`,
      wanted: 'at most one, so that β has one meaning',
      fix: `keep one: ${[...new Set(rates.map(({ term }) => aloneIn(term, bearer)))].join(', ')}`,
      usage: true,
    })
}

/** Names a preset that has this divergence from the prior and no other. */
function aloneIn({ name }: Term, bearer: Bearer): string {
  const all = registered('term', allTerms, bearer)
  const termOf = (spec: TermSpec) => all.find((known) => known.name === spec.term)
  // Of terms that were not loaded nothing is known, and none of them is in question.
  const preset = registered('preset', allPresets, bearer).find(({ terms }) => {
    const rates = terms.map(termOf).filter((term) => !term || term.rate)
    return rates.length === 1 && rates[0]?.name === name
  })
  return `${preset ? `--objective ${preset.name}` : 'an objective of your own'} has ${name} alone`
}

function refuseOver(model: CodeSpec, { key, term, options }: WeightedTerm): void {
  const otherwise = 'drop the term'
  const subject = `term "${key}"`
  for (const need of [term.needs, term.needsWith?.(options)])
    refuseLatentWithout({ code: 'objective/needs-posterior', subject, need, otherwise }, model)
  if (term.needsStandardPrior && !priorOf(model).kind.isStandard)
    fail({
      code: 'objective/needs-standard-prior',
      seen: `${subject} under the prior "${model.prior.name}"`,
      wanted: 'the prior N(0, I), the only one that it compares codes with',
      fix: `use --prior standard, or ${otherwise}`,
      usage: true,
    })
}

function readWeight(term: Term, weight: Weight, options: unknown, bearer: Bearer): Schedule {
  const schedule = parseWeight(weight, bearer)
  const seen = `--${term.option} ${schedule.text}`
  if (schedule.lowest < 0)
    fail({
      code: 'objective/negative-weight',
      seen,
      wanted: `${term.symbol} ≥ 0`,
      fix: 'a negative weight rewards what the term should hold back; use 0 to turn it off',
      usage: true,
    })
  const most = term.greatestWeight?.(options)
  if (most !== undefined && schedule.highest > most)
    fail({
      code: 'objective/weight-too-great',
      seen,
      wanted: `${term.symbol} ≤ ${tidy(most)}`,
      fix: `write for example --${term.option} ${tidy(term.defaultWeight)}`,
      usage: true,
    })
  return schedule
}

/** A term under another weight. Throws the usage errors that a recipe with this weight would. */
export const movedTerm = (term: WeightedTerm, weight: Weight): WeightedTerm => ({
  ...term,
  weight: readWeight(term.term, weight, term.options, term),
})

/** Whether something with a weight holds codes to the prior, so that draws from it can be decoded. */
export const holdsToPrior = (spec: ObjectiveSpec, model: CodeSpec): boolean =>
  readObjective(spec, model).some(
    ({ term, weight }) => (term.rate !== undefined || term.holdsToPrior) && weight.highest > 0,
  )

/** The same, once all that is named is loaded. */
export async function heldToPrior(spec: ObjectiveSpec, model: CodeSpec): Promise<boolean> {
  await Promise.all([loadKinds(model), loadTerms(spec.terms, model)])
  return holdsToPrior(spec, model)
}

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
