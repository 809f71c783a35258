import '../objective/every-part.testing.ts'
import type { NDArray } from '../base/arrays.ts'
import type { Dataset } from '../data/dataset.ts'
import { digits } from '../data/sources/digits.ts'
import { referenceEngine } from '../engine/reference.ts'
import { allViews, initialParameters } from '../optimizers/layout.ts'
import { completeRecipe } from '../recipe/complete.ts'
import { planOf } from '../recipe/plan.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'
import { trainLoop } from '../train/loop.ts'
import { planLayouts } from '../train/plan-layouts.ts'
import { initialState, startingFrom } from '../train/state.ts'

const loadDigits = (): Promise<Dataset> => digits.load({ packageFolder: async () => undefined })

/** Some stored rows of the data that the model below is for. */
export const digitRows = async (count: number): Promise<NDArray> =>
  (await loadDigits()).read(Array.from({ length: count }, (_, i) => i))

/** A small model after a few steps on the digits. */
export const trainedOnDigits = async (draft: Partial<RecipeDraft> = {}): Promise<Trained> =>
  trainedOn(await loadDigits(), draft)

/** A small model after a few steps on other data. */
export async function trainedOn(
  dataset: Dataset,
  { model, ...draft }: Partial<RecipeDraft> = {},
): Promise<Trained> {
  const recipe = completeRecipe(
    {
      data: { source: dataset.name, validation: 0 },
      training: { steps: 3, batch: 16, seed: 2 },
      ...draft,
      model: { architecture: { name: 'mlp', hidden: [12] }, latent: { size: 3 }, ...model },
    },
    dataset,
  )
  const plan = await planOf(recipe, dataset)
  const layouts = planLayouts(plan)
  const start = initialState(layouts, initialParameters(layouts, plan.seed))
  const loop = trainLoop(plan, referenceEngine, startingFrom(start))
  let next = await loop.next()
  while (!next.done) next = await loop.next()
  return {
    recipe,
    example: plan.example,
    data: { name: dataset.name, trainCount: plan.train.indices.length },
    values: { ...plan.scaling, ...allViews(layouts, next.value.parameters) },
  }
}
