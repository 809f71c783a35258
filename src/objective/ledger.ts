import { fail } from '../base/errors.ts'
import { sizeOf } from '../base/shape.ts'
import type { ConditionColumn } from '../data/condition.ts'
import { levelList } from '../data/tables/levels.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import { likelihoodOf, type ModelSpec } from '../model/spec.ts'
import {
  betaOf,
  type ConventionLine,
  type ConventionSetting,
  conventionsOf,
  type NamedWeight,
} from './conventions.ts'
import { formulaOf, namingPrior } from './formula.ts'
import { type ObjectiveSpec, readObjective, type WeightedTerm } from './objective.ts'
import { finalWeight, type Schedule, type Weight } from './schedule.ts'
import { type OpponentTraining, type Setting, type TermPlace, tidy } from './term.ts'

/** What an objective means, in numbers and words. */
export interface Ledger {
  readonly formula: string
  /**
   * Final weight of the divergence from the prior. 0 where there is no divergence; null where a term holds it at a
   * target instead of pricing it, which leaves no β: `betaNorm` and `impliedVariance` are null then, too.
   */
  readonly beta: number | null
  /** β·M/N, M latent and N data dimensions. Higgins et al. 2017, §3. */
  readonly betaNorm: number | null
  /**
   * β·σ², the variance of the Gaussian observation for which reconstruction + β·KL is proportional to −ELBO; null where
   * nothing holds codes to the prior at a price, or σ² of the likelihood is not given.
   */
  readonly impliedVariance: number | null
  /** Name of the term with the divergence; null where there is none. */
  readonly rate: string | null
  readonly reconstruction: { readonly formula: string }
  readonly terms: readonly LedgerLine[]
  /** What every density is given: the ELBO is a bound on log p(x|c); absent where that is nothing. */
  readonly given?: readonly GivenLine[]
  /** What β is called elsewhere; empty where no term has it as its weight. */
  readonly conventions: readonly ConventionLine[]
}

/** @inline */
export interface GivenLine {
  readonly name: string
  readonly words: string
}

/** @inline */
export interface LedgerLine {
  readonly name: string
  readonly on: TermPlace
  /** A number, or a schedule as text. */
  readonly weight: number | string
  readonly formula: string
  /** What it says as a prior. */
  readonly reading: string
  /** Who learns against the model, and how; absent where nobody does. */
  readonly opponent?: OpponentLine
}

/** @inline */
export interface OpponentLine extends OpponentTraining {
  readonly words: string
}

/** Reads an objective out: its formula, β in every convention, and each regularizer as a prior. */
export function explain(
  objective: ObjectiveSpec,
  model: ModelSpec,
  example: Pick<ExampleType, 'shape'>,
  examples: number,
): Ledger {
  const terms = readObjective(objective, model)
  const rate = rateOf(terms)
  const beta = betaWeight(rate)
  const setting = conventionSetting(model, example)
  const { latent, dataSize, variance } = setting
  const line = lineWith({ examples, latent, dataSize }, namingPrior(model))
  return {
    formula: formulaOf(terms, model),
    beta,
    betaNorm: beta === null ? null : (beta * latent) / dataSize,
    impliedVariance: beta === null || !rate || variance === undefined ? null : beta * variance,
    rate: rate?.key ?? null,
    reconstruction: { formula: setting.error },
    terms: terms.map(line),
    ...(model.condition && { given: model.condition.map(givenLine) }),
    conventions: beta === null || !rate ? [] : conventionsOf(beta, setting),
  }
}

const givenLine = (column: ConditionColumn): GivenLine => ({
  name: column.name,
  words:
    ('levels' in column
      ? `one of ${column.levels.length} levels (${levelList(column.levels, 5)})`
      : `a number, ${tidy(column.mean)} ± ${tidy(column.deviation)}`) + (column.gaps ? ', or not known' : ''),
})

const rateOf = (terms: readonly WeightedTerm[]): WeightedTerm | undefined =>
  terms.find(({ term }) => term.rate)

function betaWeight(rate: WeightedTerm | undefined): number | null {
  if (!rate) return 0
  return rate.term.rate === 'target' ? null : finalWeight(rate.weight)
}

function conventionSetting(model: ModelSpec, { shape }: Pick<ExampleType, 'shape'>): ConventionSetting {
  const { kind, options } = likelihoodOf(model)
  return {
    latent: model.latent.size,
    dataSize: sizeOf(shape),
    variance: kind.variance(options),
    error: kind.formula(options),
  }
}

const lineWith =
  (setting: Setting, named: (text: string) => string) =>
  ({ key, term, weight, options, scheduled, opponent }: WeightedTerm): LedgerLine => ({
    name: key,
    on: term.on,
    weight: written(weight),
    formula: named(term.formula(options, scheduled)),
    reading: named(term.reading(finalWeight(weight), options, setting, scheduled)),
    ...(opponent ? { opponent: { words: opponentWords(opponent), ...opponent } } : {}),
  })

const written = ({ kind, args, text }: Schedule): number | string =>
  kind.name === 'constant' ? args[0] : text

function opponentWords({ optimizer: { name, ...options }, learningRate }: OpponentTraining): string {
  const settings = Object.entries(options).map(([option, value]) => `${option} ${value}`)
  const how = settings.length === 0 ? name : `${name} (${settings.join(', ')})`
  return `its opponent learns against the model with ${how}, learning rate ${ratePart(learningRate)}`
}

const ratePart = (rate: Weight): string => (typeof rate === 'number' ? tidy(rate) : rate)

/** A weight of another convention, as this project takes it. */
export interface Conversion {
  readonly from: NamedWeight
  readonly beta: number
  /** What to write on the command line. */
  readonly option: string
  /** Every name of this β. */
  readonly conventions: readonly ConventionLine[]
}

/**
 * Says what β a weight of another convention is, under this model and for these data.
 *
 * Errors, all usage: `objective/no-beta` where no term has a β, and those of `betaOf`.
 */
export function convert(
  from: NamedWeight,
  objective: ObjectiveSpec,
  model: ModelSpec,
  example: Pick<ExampleType, 'shape'>,
): Conversion {
  const rate = rateOf(readObjective(objective, model))
  if (rate?.term.rate !== 'beta') return refuseNoBeta(objective, rate)
  const setting = conventionSetting(model, example)
  const beta = betaOf(from, setting)
  return {
    from,
    beta,
    option: `--${rate.term.option} ${Number(beta.toPrecision(6))}`,
    conventions: conventionsOf(beta, setting),
  }
}

function refuseNoBeta({ name }: ObjectiveSpec, rate: WeightedTerm | undefined): never {
  return fail({
    code: 'objective/no-beta',
    seen: rate
      ? `objective "${name}", whose term ${rate.key} holds the KL at a target`
      : `objective "${name}", which has no KL`,
    wanted: 'a KL with a weight, which is what conventions name differently',
    fix: 'convert for another objective: add --objective beta-vae',
    usage: true,
  })
}
