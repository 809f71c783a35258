import type { Warning } from '../base/warning.ts'
import type { Dataset } from '../data/dataset.ts'
import { likelihoodOf } from '../model/spec.ts'
import { finalWeight, parseWeight, weightAt } from '../objective/schedule.ts'
import { partsOf } from './parts.ts'
import type { Recipe } from './recipe.ts'

/** Training rows that are looked at. */
const SAMPLE = 256

/** What is allowed but probably not meant, to be said when training starts. */
export async function recipeWarnings(recipe: Recipe, dataset: Dataset): Promise<Warning[]> {
  return [...(await greyPixels(recipe, dataset)), ...unfinishedSchedules(recipe)]
}

const warning = (code: string, message: string): Warning => ({ code, message })

/** A probability of 1 for grey values: cross-entropy, whose floor is above 0 and whose nats are no one else's. */
async function greyPixels(recipe: Recipe, dataset: Dataset): Promise<Warning[]> {
  const { kind } = likelihoodOf(recipe.model)
  if (!kind.unitInterval || recipe.data.binarize !== 'none') return []
  const { indices } = partsOf(recipe, dataset).train
  const { data } = await dataset.read(indices.subarray(0, SAMPLE))
  if (new Set<number>(data).size <= 2) return []
  return [
    warning(
      'recipe/grey-bernoulli',
      `the ${kind.name} likelihood is given values between 0 and 1: this trains well, but the loss is a cross-entropy ` +
        'and no density, so its nats compare only with runs like it. ' +
        'For comparable nats use --binarize dynamic; for grey values as they are, --likelihood gaussian',
    ),
  ]
}

/** A schedule that training ends before. */
function unfinishedSchedules({ objective, training }: Recipe): Warning[] {
  const schedules = objective.terms.map(({ term, weight }) => ({ what: `weight of "${term}"`, weight }))
  return [...schedules, { what: 'learning rate', weight: training.learningRate }].flatMap(
    ({ what, weight }) => {
      const schedule = parseWeight(weight)
      const last = weightAt(schedule, training.steps - 1)
      const final = finalWeight(schedule)
      if (Math.abs(last - final) <= 0.02 * Math.max(...schedule.args.slice(0, 2).map(Math.abs))) return []
      return [
        warning(
          'recipe/unfinished-schedule',
          `the ${what} is ${Number(last.toPrecision(4))} after the last of ${training.steps} steps, not yet the ${final} of ` +
            `${schedule.text}; reports quote ${final}. Train for longer or shorten the schedule`,
        ),
      ]
    },
  )
}
