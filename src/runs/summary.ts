import { fileNameOf } from '../data/file-name.ts'
import type { SplitMetrics } from '../infer/scoring.ts'
import type { Recipe } from '../recipe/recipe.ts'
import { type LoggedEvent, lastStepOf } from './journal.ts'
import { toldEpoch } from './told-epoch.ts'

/** How a run stands: `unfinished` is one that still trains or that was killed. @inline */
export type RunState = 'finished' | 'early-stop' | 'interrupted' | 'unfinished'

/** A run in one line of a list. */
export interface RunSummary {
  /** Built-in name, or name of the file or folder. */
  readonly data: string
  readonly objective: string
  /** Weight of each term, as the recipe has it. */
  readonly weights: Readonly<Record<string, number | string>>
  readonly latent: number
  /** Updates done, and wanted. */
  readonly step: number
  readonly steps: number
  readonly state: RunState
  /** Epoch whose parameters are the result, where validation chose one. */
  readonly bestEpoch?: number
  /** Of the epoch whose parameters are the result, or of the last one: validation where there is some, else training. */
  readonly metrics?: SplitMetrics
}

/** Sums up a run from its recipe and its log. */
export function summaryOf(recipe: Recipe, events: readonly LoggedEvent[]): RunSummary {
  const end = events.findLast((event) => event.kind === 'end')
  const told = toldEpoch(events)
  return {
    data: fileNameOf(recipe.data.source),
    objective: recipe.objective.name,
    weights: Object.fromEntries(recipe.objective.terms.map(({ term, weight }) => [term, weight])),
    latent: recipe.model.latent.size,
    step: lastStepOf(events),
    steps: recipe.training.steps,
    state: end?.reason ?? 'unfinished',
    ...(end?.bestEpoch ? { bestEpoch: end.bestEpoch } : {}),
    ...(told ? { metrics: told.validation ?? told.train } : {}),
  }
}
