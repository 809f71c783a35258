import type { Dataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { type Balance, balanceOf } from '../objective/balance.ts'
import { knobsAt, weightsOf } from '../objective/objective.ts'
import type { Recipe } from '../recipe/recipe.ts'
import { allViews } from '../train/layout.ts'
import { lossesAt } from '../train/losses.ts'
import type { TrainState } from '../train/state.ts'
import { openRecipeEngine, type Platform } from './platform.ts'
import { startOf } from './start.ts'
import { type Prepared, prepare } from './training.ts'

/** The parts of the loss before anything has learned, on the first batch: what the first step of a training says. */
export async function startValues(
  { plan, layouts }: Prepared,
  engine: Engine,
  { players }: Pick<TrainState, 'players'>,
): Promise<Balance> {
  const arenas = players.map(({ parameters }) => parameters)
  const values = allViews(layouts, arenas)
  const { reconstruction, terms } = await lossesAt(plan, engine, values, 0)
  const weights = weightsOf(plan.terms, knobsAt(plan.terms, 0))
  return balanceOf([{ step: 1, reconstruction, terms, weights }])
}

/**
 * What the loss of a recipe is made of before anything has learned; the engine is the recipe's own.
 *
 * Throws the usage errors that training would throw.
 */
export type StartBalance = (recipe: Recipe, dataset: Dataset) => Promise<Balance>

/** `startBalance` as a platform has it. */
export const startBalanceOn =
  (platform: Platform): StartBalance =>
  async (recipe, dataset) => {
    const prepared = await prepare(recipe, dataset)
    return startValues(prepared, await openRecipeEngine(platform, recipe), await startOf(prepared, platform))
  }
