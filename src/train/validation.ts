import { heldOutReader } from '../data/examples.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { columnMeans, metricsOf, openScoring, type SplitMetrics } from '../infer/scoring.ts'
import type { Plan } from './plan.ts'

export interface Judgement {
  readonly metrics: SplitMetrics
  /** Mean KL of each latent dimension, in nats. */
  readonly klPerDimension?: readonly number[]
}

/** Judges parameters on the validation rows; undefined where there are none. */
export interface Validation extends Disposable {
  judge(values: Feeds, weights: Readonly<Record<string, number>>): Promise<Judgement | undefined>
}

export async function openValidation(plan: Plan, engine: Engine): Promise<Validation> {
  const { validation, reader, seed, model, example, terms } = plan
  if (validation.indices.length === 0) return { judge: async () => undefined, [Symbol.dispose]() {} }
  const scoring = await openScoring(engine, model, example, terms)
  return {
    async judge(values, weights) {
      const scores = await scoring.score(
        validation.indices.length,
        heldOutReader(reader, validation),
        { ...plan.scaling, ...values },
        { seed },
      )
      const metrics = metricsOf(scores, weights)
      if (!scores.klPerDimension) return { metrics }
      return { metrics, klPerDimension: columnMeans(scores.klPerDimension, model.latent.size) }
    },
    [Symbol.dispose]: () => scoring[Symbol.dispose](),
  }
}
