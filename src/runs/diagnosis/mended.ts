import { broughtBy } from '../../base/parts.ts'
import type { TermSpec } from '../../objective/objective.ts'
import { allTerms } from '../../objective/terms/index.ts'
import { presetOf } from '../../recipe/complete.ts'
import type { Recipe, RecipeDraft } from '../../recipe/recipe.ts'
import type { TrainingOptions } from './finding.ts'

type Option = TrainingOptions[string]

/** What an option of a training changes, where it is not the weight of a term. Each is named by the first way of some finding. */
const changes: Readonly<Record<string, (draft: RecipeDraft, value: Option) => RecipeDraft>> = {
  objective: (draft, value) => startingFrom(draft, String(value)),
  latent: (draft, value) => ({
    ...draft,
    model: { ...draft.model, latent: { ...draft.model?.latent, size: Number(value) } },
  }),
  prior: (draft, value) => ({ ...draft, model: { ...draft.model, prior: { name: String(value) } } }),
  lr: (draft, value) => ({ ...draft, training: { ...draft.training, learningRate: value } }),
  patience: (draft, value) => ({ ...draft, training: { ...draft.training, patience: Number(value) } }),
  'free-bits-nats': (draft, value) => withTerm(draft, 'free-bits', { nats: Number(value) }),
}

/** A recipe with options of a training over it, such as those that mend what was found. */
export const mended = (recipe: Recipe, options: TrainingOptions): RecipeDraft =>
  Object.entries(options).reduce<RecipeDraft>((draft, [name, value]) => {
    const change = changes[name]
    if (change) return change(draft, value)
    const term = allTerms.find(({ option }) => option === name)
    // Every way names an option that is above, or the weight of a term; a test goes through them.
    if (!term) throw new Error(`no option "${name}" that mends`)
    return withTerm(draft, term.name, { weight: value })
  }, recipe)

/** Another preset's terms, code, prior and likelihood; the size of the code stays. */
function startingFrom({ model, data, objective: _, ...draft }: RecipeDraft, name: string): RecipeDraft {
  const { likelihood: bringsLikelihood } = presetOf(name, broughtBy([], draft.parts))
  const { prior: _prior, likelihood, latent, ...kept } = model ?? {}
  const { binarize: _binarize, scaling: _scaling, ...source } = data
  return {
    ...draft,
    data: bringsLikelihood ? source : data,
    model: {
      ...kept,
      ...(latent?.size === undefined ? {} : { latent: { size: latent.size } }),
      ...(bringsLikelihood || !likelihood ? {} : { likelihood }),
    },
    objective: { name },
  }
}

/** A term with other options or another weight; what the draft does not say is its preset's. */
function withTerm(draft: RecipeDraft, term: string, change: Partial<TermSpec>): RecipeDraft {
  const { objective = {}, parts } = draft
  const terms = objective.terms ?? presetOf(objective.name ?? 'vae', broughtBy([], parts)).terms
  const isThere = terms.some((own) => own.term === term)
  const changed = isThere
    ? terms.map((own) => (own.term === term ? { ...own, ...change } : own))
    : [...terms, { term, ...change } as TermSpec]
  return { ...draft, objective: { ...objective, terms: changed } }
}
