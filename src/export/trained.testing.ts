import { digits } from '../data/sources/digits.ts'
import { referenceEngine } from '../engine/reference.ts'
import { completeRecipe } from '../recipe/complete.ts'
import { planOf } from '../recipe/plan.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'
import { layoutOf, initialParameters } from '../train/layout.ts'
import { trainLoop } from '../train/loop.ts'
import { gradientProgram } from '../train/programs.ts'
import { initialState } from '../train/state.ts'

/** Digits as rows of bytes, and a small model that saw some of them. */
export const dataset = await digits.load(undefined as never)
