import '../objective/every-part.testing.ts'
import { ndarray } from '../base/arrays.ts'
import { datasetOf } from '../data/dataset.ts'
import { completeRecipe } from '../recipe/complete.ts'
import type { Recipe, RecipeDraft } from '../recipe/recipe.ts'
import type { MemberScore } from './score.ts'

/** A complete recipe for a small table. */
export const toyRecipe = (draft: Omit<RecipeDraft, 'data'> = {}): Recipe =>
  completeRecipe(
    { data: { source: 'toy' }, ...draft, training: { steps: 30, ...draft.training } },
    datasetOf(
      ndarray(
        Float32Array.from({ length: 40 }, (_, i) => i),
        [20, 2],
      ),
      { name: 'toy' },
    ),
  )

/** What a member with this rate and distortion would say. */
export const toyScore = (rate: number, distortion: number, more: Partial<MemberScore> = {}): MemberScore => ({
  split: 'validation',
  count: 180,
  rate,
  distortion,
  elbo: -(rate + distortion),
  activeUnits: 2,
  klPerDimension: [rate / 2, rate / 2],
  ...more,
})
