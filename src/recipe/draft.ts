import * as z from 'zod/mini'
import type { Dataset } from '../data/dataset.ts'
import { type CheckedDraft, checked, recipeSchema } from './recipe.ts'

const { version, data, model, objective, training, engine, parts } = recipeSchema.shape

const draftSchema = z.strictObject({
  version,
  data: z.partial(data, { binarize: true, scaling: true }),
  model: z.optional(z.partial(model)),
  objective: z.optional(z.partial(objective)),
  training: z.optional(z.extend(z.partial(training), { epochs: z.optional(z.int().check(z.positive())) })),
  engine,
  parts,
})

/**
 * Checks a recipe that may have gaps, such as one from a file; the gaps stay. Error: `recipe/invalid`.
 *
 * @example
 * ```ts
 * import { checkDraft, openData, train } from 'betavae'
 *
 * const draft = checkDraft(JSON.parse('{ "data": { "source": "digits" }, "training": { "steps": 5 } }'))
 * const { trained } = await train(draft, { dataset: await openData('digits') })
 * console.log(trained.recipe.objective.name)
 * ```
 */
export function checkDraft(value: unknown): CheckedDraft {
  checked(draftSchema, value)
  return value as CheckedDraft
}

/** What may be a draft, before it is checked. */
export interface AnyDraft {
  readonly data?: object
}

/** A draft that need not say where its data come from: they are called what the data set is called. */
export const draftFor = (draft: AnyDraft, { name }: Pick<Dataset, 'name'>): AnyDraft => ({
  ...draft,
  data: { source: name, ...draft?.data },
})
