import type { NDArray } from '../base/arrays.ts'
import type { Feeds } from '../engine/engine.ts'
import type { Model } from '../infer/model.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import type { Splits } from '../recipe/splits.ts'

export const scheduleNames = ['short', 'full'] as const
/** @inline */
export type ScheduleName = (typeof scheduleNames)[number]

/** A result that somebody found, and how to come to it here. */
export interface Reproduction {
  readonly id: string
  /** What is trained and found. */
  readonly what: string
  /** Who found it, and in which table. */
  readonly source: string
  /** What is done otherwise than there. */
  readonly differences?: string
  readonly schedules: Readonly<Partial<Record<ScheduleName, Schedule>>>
}

/** One way to come to a result: what to train, how to judge it, and what should come out. */
export interface Schedule {
  /** How long it trains, as in `500 epochs`. */
  readonly extent: string
  /** That training and judging take on two cores, about. */
  readonly minutes: number
  readonly members: readonly Member[]
  /** Rows that all members are trained on; they lie beside the members, whose recipes name them `OWN_ROWS`. */
  readonly rows?: () => NDArray
  readonly judge: Evaluated | Measured
  readonly targets: readonly Target[]
}

/** The file of a schedule's own rows. */
export const OWN_ROWS = 'rows.npy'

/** One run of a reproduction. */
export interface Member {
  /** Name of its folder. */
  readonly name: string
  readonly recipe: RecipeDraft
}

/** Judged as `betavae evaluate` judges, for the numbers `reconstruction`, `kl`, `elbo`, `nll` and each metric's score. */
export interface Evaluated {
  readonly split: keyof Splits
  readonly nll?: number
  readonly metrics?: readonly string[]
}

/** Judged by what is known of the model in closed form. */
export interface Measured {
  measure(subject: { readonly model: Model; readonly values: Feeds }): Promise<Numbers>
}

/** What a member came to: nats per example, and scores. @inline */
export type Numbers = Readonly<Record<string, number>>

/** By name of the member. */
export type Judged = Readonly<Record<string, Numbers>>

/** A number that should come out. @inline */
export interface Target {
  readonly name: string
  readonly wanted: Wanted
  /** Whose number it is: that of the source, or measured here, where the source has none. */
  readonly from: 'source' | 'own'
  got(judged: Judged): number
  /** More about what came out. */
  note?(judged: Judged): string
}

/** A number within a tolerance, or any from one up. @inline */
export type Wanted = { readonly value: number; readonly tolerance: number } | { readonly atLeast: number }

/** The schedule that is meant where none is named: the short one, where there is one. */
export const usualSchedule = ({ schedules }: Reproduction): ScheduleName =>
  schedules.short ? 'short' : 'full'
