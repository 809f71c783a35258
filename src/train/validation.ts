import { columnMeans } from '../base/math/columns.ts'
import { heldOutReader, judgedRows } from '../data/examples.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { type ExampleScores, metricsOf, openScoring, type SplitMetrics } from '../infer/scoring.ts'
import { countActive, varianceOfMeans } from '../infer/units.ts'
import type { ModelSpec } from '../model/spec.ts'
import { optionInput } from '../objective/inputs.ts'
import { knobs, knobsAt, type WeightedTerm, weightsOf } from '../objective/objective.ts'
import { finalWeight } from '../objective/schedule.ts'
import { type Plan, traceRequest } from './plan.ts'

export interface Judgement {
  readonly metrics: SplitMetrics
  /**
   * The loss at final weights, by which the best epoch is told, since a schedule moves the loss by itself; without what
   * opponents say, who learn, too: what they charge in one epoch is no measure of another.
   */
  readonly goal: number
  /** Mean KL of each latent dimension, in nats. */
  readonly klPerDimension?: readonly number[]
  /** Variance over examples of each dimension's posterior mean. */
  readonly activity: readonly number[]
  /** How many dimensions are active by that. */
  readonly activeUnits: number
}

/** Judges parameters on the validation rows, 100,000 at most, under the weights of terms at a step; undefined where there are no rows. */
export interface Validation extends Disposable {
  judge(values: Feeds, step: number, terms: readonly WeightedTerm[]): Promise<Judgement | undefined>
}

export async function openValidation(plan: Plan, engine: Engine): Promise<Validation> {
  const { reader, seed, model, example } = plan
  const validation = judgedRows(plan.validation)
  const count = validation.indices.length
  if (count === 0) return { judge: async () => undefined, [Symbol.dispose]() {} }
  const { batch, examples } = traceRequest(plan)
  const scored = { terms: plan.terms, examples, batch: Math.min(batch, count) }
  const scoring = await openScoring(engine, model, example, scored)
  return {
    async judge(values, step, terms) {
      const under = async (setting: Readonly<Record<string, number>>) =>
        scoring.score(
          count,
          heldOutReader(reader, validation),
          { ...plan.scaling, ...values },
          { seed, knobs: setting },
        )
      const now = knobsAt(terms, step)
      const final = knobs(terms, finalWeight)
      const scores = await under(now)
      // An option that is still on its way changes the terms themselves, not their weights alone.
      const ended = optionsDiffer(terms, now, final) ? await under(final) : scores
      const metrics = metricsOf(scores, weightsOf(terms, now))
      const comparable = Object.fromEntries(opposed(terms).map((key) => [key, 0]))
      const goal = metricsOf(ended, { ...weightsOf(terms, final), ...comparable }).loss
      return { metrics, goal, ...dimensionsOf(scores, model) }
    },
    [Symbol.dispose]: () => scoring[Symbol.dispose](),
  }
}

function dimensionsOf(
  { klPerDimension, means }: ExampleScores,
  model: ModelSpec,
): Pick<Judgement, 'klPerDimension' | 'activity' | 'activeUnits'> {
  const { size } = model.latent
  const activity = varianceOfMeans(means, size)
  return {
    ...(klPerDimension ? { klPerDimension: columnMeans(klPerDimension, size) } : {}),
    activity,
    activeUnits: countActive(activity, model),
  }
}

/** Keys of terms that an opponent computes. */
const opposed = (terms: readonly WeightedTerm[]): string[] =>
  terms.flatMap(({ key, opponent }) => (opponent ? [key] : []))

const optionsDiffer = (
  terms: readonly WeightedTerm[],
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): boolean =>
  terms.some(({ key, scheduled }) =>
    Object.keys(scheduled).some((option) => a[optionInput(key, option)] !== b[optionInput(key, option)]),
  )
