import { fail } from '../base/errors.ts'
import type { Bearer } from '../base/parts.ts'
import { batchPlan } from '../data/batches.ts'
import type { Dataset } from '../data/dataset.ts'
import { exampleReader } from '../data/examples.ts'
import { scalingFor } from '../data/transforms/scaling.ts'
import { type Choice, choose } from '../model/spec.ts'
import { readObjective, type WeightedTerm } from '../objective/objective.ts'
import { parseWeight, type Schedule, type Weight } from '../objective/schedule.ts'
import { MODEL } from '../objective/trace.ts'
import { allOptimizers } from '../optimizers/index.ts'
import type { Learning, Plan } from '../train/plan.ts'
import type { Recipe } from './recipe.ts'
import { splitsOf } from './splits.ts'
import { refuseOutsideSupport } from './support.ts'
import { recipeWarnings } from './warnings.ts'

/** Turns a recipe and its data into a plan that can be run. Throws usage errors for what does not fit together. */
export async function planOf(recipe: Recipe, dataset: Dataset): Promise<Plan> {
  const { training, model } = recipe
  const parts = splitsOf(recipe, dataset)
  const { shift, scale } = await scalingFor(dataset, {
    rows: parts.train.indices,
    scaling: recipe.data.scaling,
  })
  const terms = readObjective(recipe.objective, model)
  if (training.patience !== null && parts.validation.indices.length === 0) noValidation()
  if (training.patience !== null && training.keep === 'last') keptByPatience(training.patience)
  await refuseOutsideSupport(recipe, parts.train, { shift, scale })
  return {
    model,
    example: { shape: dataset.exampleShape, dtype: dataset.dtype, scaleShape: scale.shape },
    scaling: { 'data.shift': shift, 'data.scale': scale },
    terms,
    players: playersOf(recipe, terms),
    clipNorm: training.clipNorm,
    reader: exampleReader(recipe.data.binarize, training.seed),
    train: parts.train,
    validation: parts.validation,
    batches: batchPlan({ rows: parts.train.indices, batch: training.batch, seed: training.seed }),
    totalSteps: training.steps,
    patience: training.patience,
    keep: training.keep,
    seed: training.seed,
    warnings: await recipeWarnings(recipe, dataset),
  }
}

/** The model learns as the recipe says, an opponent as its term does. */
function playersOf({ training, model }: Recipe, terms: readonly WeightedTerm[]): Record<string, Learning> {
  const learning = (choice: Choice, rate: Weight, option: string): Learning => ({
    optimizer: choose('optimizer', allOptimizers, choice, model),
    learningRate: rateOf(rate, option, model),
  })
  const opponents = terms.flatMap(({ key, term: { name }, opponent }) =>
    opponent
      ? [[key, learning(opponent.optimizer, opponent.learningRate, `${name}-learning-rate`)] as const]
      : [],
  )
  return {
    [MODEL]: learning(training.optimizer, training.learningRate, 'lr'),
    ...Object.fromEntries(opponents),
  }
}

function rateOf(rate: Weight, option: string, bearer: Bearer): Schedule {
  const schedule = parseWeight(rate, bearer)
  if (schedule.lowest >= 0 && schedule.highest > 0) return schedule
  return fail({
    code: 'recipe/learning-rate',
    seen: `--${option} ${schedule.text}`,
    wanted: 'a number above 0, or a schedule that never falls below 0',
    fix: `write for example --${option} 0.001`,
    usage: true,
  })
}

function keptByPatience(patience: number): never {
  return fail({
    code: 'recipe/keep',
    seen: `early stopping after ${patience} epochs without improvement, and the last epoch kept`,
    wanted: 'the best epoch kept where training ends for want of a better one',
    fix: 'drop --keep, or drop --patience',
    usage: true,
  })
}

function noValidation(): never {
  return fail({
    code: 'recipe/patience',
    seen: 'early stopping without a validation split',
    wanted: 'validation rows to watch',
    fix: 'use --validation 0.1, or drop --patience',
    usage: true,
  })
}
