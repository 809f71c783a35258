import { latentOf, likelihoodOf, type ModelSpec, priorOf, type SpecOf } from '../model/spec.ts'
import type { WeightedTerm } from './objective.ts'
import { tidy } from './term.ts'

/** Puts the model's own prior where a text says p(z). */
export function namingPrior(model: SpecOf<'latent' | 'prior'>): (text: string) => string {
  const { kind, options } = priorOf(model)
  const own = kind.isStandard && latentOf(model).kind.formulas
  const divergence = 'KL(q(z|x) ‖ p(z))'
  return (text) =>
    text
      .replaceAll(divergence, own ? own.divergence : divergence)
      .replaceAll('p(z)', () => (own ? own.prior : kind.formula(options)))
}

/** L as text: the reconstruction, each weighted term, and what is done to codes and examples on the way. */
export function formulaOf(terms: readonly WeightedTerm[], model: ModelSpec): string {
  const named = namingPrior(model)
  const { kind, options } = likelihoodOf(model)
  const summands = terms
    .filter(({ term }) => term.loss)
    .map((term) => `${factor(term)}${factored(named(formula(term)))}`)
  const corruptions = terms
    .filter(({ term }) => !term.loss)
    .map(
      (term) =>
        `${term.term.relax ? 'decoder' : 'encoder'} sees ${formula(term)}, ${term.term.symbol} = ${term.weight.text}`,
    )
  return [
    `L = ${[kind.formula(options), ...summands].join(' + ')}`,
    ...corruptions,
    ...drawsOf(model),
    ...givenIn(model),
  ].join(', ')
}

const formula = ({ term, options, scheduled }: WeightedTerm): string => term.formula(options, scheduled)

/** A minus sign after a plus or a dot wants to be held together with what it is of. */
const factored = (text: string): string => (text.startsWith('−') ? `(${text})` : text)

function factor({ term, weight }: WeightedTerm): string {
  const text = weight.kind.name === 'constant' ? tidy(weight.args[0]) : `${term.symbol}(t)`
  return text === '1' ? '' : `${text} · `
}

/** What stands behind the bar of every density. */
const givenIn = ({ condition }: ModelSpec): string[] =>
  condition ? [`all given c = ${condition.map(({ name }) => name).join(', ')}`] : []

const drawsOf = (model: ModelSpec): string[] =>
  latentOf(model).kind.stochastic && model.latent.draws > 1 ? [`K = ${model.latent.draws} draws of z`] : []
