import { fail } from '../base/errors.ts'
import type { Bearer } from '../base/parts.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { type Balance, balanceOf } from '../objective/balance.ts'
import { withMoves } from '../objective/moves.ts'
import { knobsAt, weightsOf } from '../objective/objective.ts'
import { allViews, initialParameters, type Layout } from '../optimizers/layout.ts'
import { loadRecipe } from '../recipe/load.ts'
import { planOf } from '../recipe/plan.ts'
import type { Recipe } from '../recipe/recipe.ts'
import { lossesAt } from '../train/losses.ts'
import type { Plan } from '../train/plan.ts'
import { planLayouts } from '../train/plan-layouts.ts'
import { initialState, type TrainState } from '../train/state.ts'
import type { Steering } from '../train/steering.ts'
import { openRecipeEngine, type Platform } from './platform.ts'

/** A training made ready: checked, with nothing run yet. */
export interface Prepared {
  readonly recipe: Recipe
  readonly dataset: Dataset
  readonly plan: Plan
  /** Of each player, the model first. */
  readonly layouts: readonly Layout[]
}

/** Checks a recipe against its data and lays the parameters out. */
export async function prepare(recipe: Recipe, dataset: Dataset): Promise<Prepared> {
  await loadRecipe(recipe)
  const { model } = recipe
  if (model.sampler !== undefined) await checkSampler(model.sampler, model)
  const plan = await planOf(recipe, dataset)
  return { recipe, dataset, plan, layouts: planLayouts(plan) }
}

/** Refuses a sampler that there is none of; the list, which few recipes need, is loaded then. Error, usage: `infer/sampler`. */
async function checkSampler(name: string, bearer: Bearer): Promise<void> {
  const { samplerNamed } = await import('../infer/on-demand.ts')
  samplerNamed(name, bearer)
}

/** A training whose recipe says how its weights were moved. */
export function steered(prepared: Prepared, { moves }: Pick<Steering, 'moves'> = { moves: [] }): Prepared {
  const { recipe } = prepared
  return { ...prepared, recipe: { ...recipe, objective: withMoves(recipe.objective, recipe.model, moves) } }
}

/**
 * The state that a training starts from: parameters drawn by its seed, or those of the run that its recipe names.
 *
 * Errors: `train/start-mismatch`, and those of reading a run's model.
 */
export async function startOf(
  { recipe, plan, layouts }: Prepared,
  { readModel }: Pick<Platform, 'readModel'>,
): Promise<TrainState> {
  const { start } = recipe.training
  if (start === undefined) return initialState(layouts, initialParameters(layouts, plan.seed))
  const { values } = await readModel(start)
  return initialState(
    layouts,
    layouts.map((layout) => filled(layout, values, start)),
  )
}

/** A layout's arena with values by name. Error: `train/start-mismatch`. */
export function filled(layout: Layout, values: Feeds, start: string): Float32Array {
  const arena = new Float32Array(layout.size)
  for (const [name, view] of Object.entries(layout.views(arena))) {
    const given = values[name]
    if (!given || !sameShape(given.shape, view.shape)) refuseStart(start, name, given?.shape, view.shape)
    view.data.set(given.data)
  }
  return arena
}

const refuseStart = (
  start: string,
  name: string,
  shape: readonly number[] | undefined,
  wanted: readonly number[],
): never =>
  fail({
    code: 'train/start-mismatch',
    seen: `run "${start}" with ${name} ${shape ? `of shape ${formatShape(shape)}` : 'missing'}`,
    wanted: `${formatShape(wanted)}, as in the model that is to start from it`,
    fix: 'start from a run of the same model and terms, or leave training.start out',
    usage: true,
  })

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
