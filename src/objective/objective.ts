import { z } from 'zod'
import { fail } from '../base/errors.ts'
import { mean, sumPerExample } from '../graph/functions.ts'
import { add } from '../graph/ops/add.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Autoencoder } from '../model/autoencoder.ts'
import { choose, latentOf, type ModelSpec } from '../model/spec.ts'
import { parseWeight, type Schedule, weightAt, weightSchema } from './schedule.ts'
import type { Term } from './term.ts'
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
}

/** Checks an objective against its model and gives its terms. Throws usage errors that name the fix. */
export function readObjective(spec: ObjectiveSpec, model: Pick<ModelSpec, 'latent'>): WeightedTerm[] {
  const terms = spec.terms.map(({ term, weight, ...options }, i) => {
    const { kind, options: checked } = choose('term', allTerms, { name: term, ...options })
    const again = spec.terms.slice(0, i).filter((other) => other.term === term).length
    return {
      key: again === 0 ? term : `${term}-${again + 1}`,
      term: kind,
      weight: readWeight(kind, weight),
      options: checked,
    }
  })
  const rates = terms.filter(({ term }) => term.isRate)
  if (rates.length > 1)
    fail({
      code: 'objective/two-rates',
      seen: `${rates.length} divergences from the prior (${rates.map(({ key }) => key).join(', ')})`,
      wanted: 'at most one, so that β has one meaning',
      fix: 'keep one and add up the weights',
      usage: true,
    })
  const stranded = terms.find(({ term }) => term.needsStochasticLatent && !latentOf(model).stochastic)
  if (stranded)
    fail({
      code: 'objective/needs-posterior',
      seen: `term "${stranded.key}" over the latent "${model.latent.name}"`,
      wanted: 'a latent with a posterior',
      fix: 'use latent "gaussian", or drop the term',
      usage: true,
    })
  return terms
}

function readWeight(term: Term, weight: TermSpec['weight']): Schedule {
  const schedule = parseWeight(weight)
  const lowest = Math.min(...schedule.args)
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

/** Name of the program input that carries a term's weight. */
export const weightInput = (key: string): string => `weight.${key}`

/** Weights of every term at a training step, by input name. */
export const weightsAt = (terms: readonly WeightedTerm[], step: number): Record<string, number> =>
  Object.fromEntries(terms.map(({ key, weight }) => [weightInput(key), weightAt(weight, step)]))

/** The sum L = R + Σ λₖΩₖ as symbolic scalars, in nats per example. */
export interface TracedObjective {
  readonly loss: Tensor
  readonly reconstruction: Tensor
  /** Mean KL to the prior, whatever its weight; absent where the latent is deterministic. */
  readonly kl?: Tensor
  /** Each Ωₖ, unweighted. */
  readonly terms: Readonly<Record<string, Tensor>>
}

/** Builds the objective of a model traced with a fixed batch; weights are program inputs, so annealing never recompiles. */
export function traceObjective(model: Autoencoder, terms: readonly WeightedTerm[]): TracedObjective {
  const reconstruction = mean(model.reconstruction)
  const values = Object.fromEntries(
    terms.map(({ key, term, options }) => {
      const value = term.loss(model, options)
      return [key, value.shape.length === 0 ? value : mean(value)]
    }),
  )
  const loss = terms.reduce(
    (sofar, { key }) => add(sofar, mul(input(weightInput(key), []), values[key])),
    reconstruction,
  )
  const { klPerDimension } = model.posterior
  const kl = klPerDimension && mean(sumPerExample(klPerDimension))
  return { loss, reconstruction, ...(kl ? { kl } : {}), terms: values }
}
