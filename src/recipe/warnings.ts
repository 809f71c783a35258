import type { Warning } from '../base/warning.ts'
import { rowsInChunk } from '../data/chunks.ts'
import type { Dataset } from '../data/dataset.ts'
import { isOrdered } from '../data/tables/query.ts'
import { likelihoodOf } from '../model/spec.ts'
import { readObjective } from '../objective/objective.ts'
import { finalWeight, parseWeight, weightAt } from '../objective/schedule.ts'
import type { Recipe } from './recipe.ts'
import { splitsOf } from './splits.ts'

/** Training rows that are looked at, where they are small. */
const SAMPLE = 256

/** What is allowed but probably not meant, to be said when training starts. */
export async function recipeWarnings(recipe: Recipe, dataset: Dataset): Promise<Warning[]> {
  return [...(await greyPixels(recipe, dataset)), ...unfinishedSchedules(recipe), ...unorderedQuery(recipe)]
}

const warning = (code: string, message: string): Warning => ({ code, message })

/** A probability of 1 for grey values: cross-entropy, whose floor is above 0 and whose nats are no one else's. */
async function greyPixels(recipe: Recipe, dataset: Dataset): Promise<Warning[]> {
  const { kind, options } = likelihoodOf(recipe.model)
  if (!kind.support(options).isBinary || recipe.data.binarize !== 'none') return []
  const { indices } = splitsOf(recipe, dataset).train
  const { data } = await dataset.read(indices.subarray(0, Math.min(SAMPLE, rowsInChunk(dataset))))
  if (new Set<number>(data).size <= 2) return []
  return [
    warning(
      'recipe/grey-bernoulli',
      `the ${kind.name} likelihood is given values between 0 and 1: this trains well, but the loss is a cross-entropy ` +
        'and no density, so its nats compare only with runs like it. Choose --binarize dynamic or fixed to draw them ' +
        'black and white, --likelihood continuous-bernoulli for a density of grey values, or --likelihood gaussian',
    ),
  ]
}

/** Rows that would otherwise come in any order. */
function unorderedQuery({ data: { query } }: Recipe): Warning[] {
  if (query === undefined || isOrdered(query)) return []
  return [
    warning(
      'recipe/query-order',
      'the query has no ORDER BY, so its rows are read in the order of all their columns, for the same rows to be the ' +
        'same run. Order them by a key to have them as they are, and faster',
    ),
  ]
}

/** A schedule that training ends before. */
function unfinishedSchedules({ objective, model, training }: Recipe): Warning[] {
  const schedules = readObjective(objective, model).flatMap(({ key, weight, scheduled }) => [
    { what: `weight of "${key}"`, schedule: weight },
    ...Object.entries(scheduled).map(([option, schedule]) => ({ what: `${option} of "${key}"`, schedule })),
  ])
  const learningRate = { what: 'learning rate', schedule: parseWeight(training.learningRate, model) }
  return [...schedules, learningRate].flatMap(({ what, schedule }) => {
    const last = weightAt(schedule, training.steps - 1)
    const final = finalWeight(schedule)
    if (Math.abs(last - final) <= 0.02 * Math.max(Math.abs(schedule.lowest), Math.abs(schedule.highest)))
      return []
    return [
      warning(
        'recipe/unfinished-schedule',
        `the ${what} is ${Number(last.toPrecision(4))} after the last of ${training.steps} steps, not yet the ${final} of ` +
          `${schedule.text}; reports quote ${final}. Train for longer or shorten the schedule`,
      ),
    ]
  })
}
