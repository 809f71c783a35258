import { sizeOf } from '../base/shape.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import { likelihoodOf, type ModelSpec } from '../model/spec.ts'
import type { ObjectiveSpec } from './objective.ts'
import { readObjective } from './objective.ts'
import { finalWeight } from './schedule.ts'
import { type Place, type Setting, tidy } from './term.ts'

/** What an objective says, in numbers and words. */
export interface Ledger {
  readonly formula: string
  /** Final weight of the divergence from the prior; 0 where there is none. */
  readonly beta: number
  /** β·M/N, M latent and N data dimensions. Higgins et al. 2017, §3. */
  readonly betaNorm: number
  /** σ² of the Gaussian observation for which this loss is proportional to −ELBO; null where the likelihood is not Gaussian. */
  readonly impliedVariance: number | null
  readonly terms: readonly LedgerLine[]
}

export interface LedgerLine {
  readonly name: string
  readonly on: Place
  /** A number, or a schedule as text. */
  readonly weight: number | string
  readonly formula: string
  readonly reading: string
}

/** Reads an objective out: its formula, β in every convention, and each regulariser as a prior. */
export function explain(
  objective: ObjectiveSpec,
  model: ModelSpec,
  example: Pick<ExampleType, 'shape'>,
  examples: number,
): Ledger {
  const terms = readObjective(objective, model)
  const setting: Setting = { examples, latent: model.latent.size, dataSize: sizeOf(example.shape) }
  const { kind, options } = likelihoodOf(model)
  const rate = terms.find(({ term }) => term.isRate)
  const beta = rate ? finalWeight(rate.weight) : 0
  const variance = kind.variance(options)
  const sum = terms.map(({ term, weight, options: chosen }) => {
    const factor = weight.kind.name === 'constant' ? tidy(weight.args[0]) : `${term.symbol}(t)`
    return `${factor === '1' ? '' : `${factor} · `}${term.formula(chosen)}`
  })
  return {
    formula: `L = ${[kind.formula(options), ...sum].join(' + ')}`,
    beta,
    betaNorm: (beta * setting.latent) / setting.dataSize,
    impliedVariance: variance === undefined || !rate ? null : beta * variance,
    terms: terms.map(({ key, term, weight, options: chosen }) => ({
      name: key,
      on: term.on,
      weight: weight.kind.name === 'constant' ? weight.args[0] : weight.text,
      formula: term.formula(chosen),
      reading: term.reading(finalWeight(weight), chosen, setting),
    })),
  }
}
