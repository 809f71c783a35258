import { heldOutReader } from '../data/examples.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { columnMeans, metricsOf, openScoring, type SplitMetrics } from '../infer/scoring.ts'
import { finalWeight, type Schedule, weightAt } from '../objective/schedule.ts'
import type { Plan } from './plan.ts'

export interface Judgement {
  readonly metrics: SplitMetrics
  /** The loss at final weights: what early stopping compares, since a schedule moves the loss by itself. */
  readonly goal: number
  /** Mean KL of each latent dimension, in nats. */
  readonly klPerDimension?: readonly number[]
}

/** Judges parameters on the validation rows, under the weights of a step; undefined where there are none. */
export interface Validation extends Disposable {
  judge(values: Feeds, step: number): Promise<Judgement | undefined>
}

export async function openValidation(plan: Plan, engine: Engine): Promise<Validation> {
  const { validation, reader, seed, model, example, terms } = plan
  if (validation.indices.length === 0) return { judge: async () => undefined, [Symbol.dispose]() {} }
  const scoring = await openScoring(engine, model, example, terms)
  return {
    async judge(values, step) {
      const scores = await scoring.score(
        validation.indices.length,
        heldOutReader(reader, validation),
        { ...plan.scaling, ...values },
        { seed },
      )
      const at = (weigh: (weight: Schedule) => number) =>
        metricsOf(scores, Object.fromEntries(terms.map(({ key, weight }) => [key, weigh(weight)])))
      const metrics = at((weight) => weightAt(weight, step))
      const goal = at(finalWeight).loss
      if (!scores.klPerDimension) return { metrics, goal }
      return { metrics, goal, klPerDimension: columnMeans(scores.klPerDimension, model.latent.size) }
    },
    [Symbol.dispose]: () => scoring[Symbol.dispose](),
  }
}
