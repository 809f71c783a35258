import type { SplitMetrics } from '../../infer/scoring.ts'
import { areActive } from '../../infer/units.ts'
import { priorOf } from '../../model/spec.ts'
import { readObjective, type WeightedTerm } from '../../objective/objective.ts'
import { finalWeight, weightAt } from '../../objective/schedule.ts'
import type { Recipe } from '../../recipe/recipe.ts'
import type { EpochEvent } from '../../train/events.ts'
import type { LoggedEvent } from '../journal.ts'
import { toldEpoch } from '../told-epoch.ts'

/** What a run is diagnosed from: its recipe, and what its log holds. @inline */
export interface Recorded {
  readonly recipe: Recipe
  readonly events: readonly LoggedEvent[]
}

/** A run's record, read for what the checks ask. */
export interface History extends Recorded {
  /** In order; a resumed run has each once. */
  readonly epochs: readonly EpochEvent[]
  /** The epoch whose parameters are the result, or the last one. */
  readonly told: EpochEvent
  /** Share of the planned steps that are done; 1 where training has ended. */
  readonly share: number
  readonly latent: number
  readonly rate: WeightedTerm | undefined
  /** Final weight of the KL; null where a term holds the KL at a target, or there is none. */
  readonly beta: number | null
  readonly hasStandardPrior: boolean
}

/** Reads a record; undefined before the first epoch has ended. */
export function historyOf({ recipe, events }: Recorded): History | undefined {
  const epochs = events.filter((event) => event.kind === 'epoch')
  const last = epochs.at(-1)
  const told = toldEpoch(events)
  if (!last || !told) return undefined
  const end = events.findLast((event) => event.kind === 'end')
  const rate = readObjective(recipe.objective, recipe.model).find(({ term }) => term.rate)
  return {
    recipe,
    events,
    epochs,
    told,
    share: end && end.reason !== 'interrupted' ? 1 : last.step / recipe.training.steps,
    latent: recipe.model.latent.size,
    rate,
    beta: rate?.term.rate === 'beta' ? finalWeight(rate.weight) : null,
    hasStandardPrior: priorOf(recipe.model).kind.isStandard ?? false,
  }
}

/** Whether a number of the epochs is still growing, of a training that goes on: what is little now may become more. */
export function isGrowing(
  { told, epochs, share }: History,
  numberOf: (epoch: EpochEvent) => number,
  factor = 1,
): boolean {
  const [first, last] = [epochs[0].epoch, epochs[epochs.length - 1].epoch]
  const before = epochs.findLast(({ epoch }) => epoch <= first + 0.75 * (last - first)) ?? epochs[0]
  return share < 1 && numberOf(told) > factor * numberOf(before)
}

/** Held-out numbers where there are some. */
export const judged = ({ validation, train }: EpochEvent): SplitMetrics => validation ?? train

/** Which dimensions are active after an epoch; undefined where the log does not say. */
export const activeOf = (
  { recipe }: Pick<History, 'recipe'>,
  { activity }: EpochEvent,
): boolean[] | undefined => activity && areActive(activity, recipe.model)

export const countOf = (flags: readonly boolean[]): number => flags.filter(Boolean).length

/** Whether the weight of the KL has arrived where it ends, at the end of an epoch. */
export const isWarm = ({ rate }: History, { step }: EpochEvent): boolean => {
  if (!rate) return true
  const { weight } = rate
  const slack = 0.02 * Math.max(Math.abs(weight.highest), Math.abs(weight.lowest))
  return Math.abs(weightAt(weight, step - 1) - finalWeight(weight)) <= slack
}

/** The loss with every weight where it ends, and without terms that opponents compute: a schedule and their learning do not move it. */
export function finalLoss({ recipe }: History): (metrics: SplitMetrics) => number {
  const terms = readObjective(recipe.objective, recipe.model).filter(({ opponent }) => !opponent)
  return ({ reconstruction, terms: values }) =>
    terms.reduce((sum, { key, weight }) => sum + finalWeight(weight) * (values[key] ?? 0), reconstruction)
}
