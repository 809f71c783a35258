/** A training: how it is started, and what it reports. */
import type {
  Diagnosis,
  EpochEvent,
  Ledger,
  Recipe,
  RecipeDraft,
  SplitMetrics,
  Weight,
} from '../../../inside.ts'
import type { Failure, Shown } from './shown.ts'

/** idle: nothing yet. lost: the worker or its GPU is gone, and the training can go on from its last snapshot. */
export type Phase = 'idle' | 'starting' | 'running' | 'paused' | 'finished' | 'failed' | 'lost'

/** All that is needed to go on: kept by the page every few seconds. */
export interface Snapshot {
  /** Updates done. */
  readonly step: number
  /** As it was steered: a moved weight stands in it as a schedule of steps. */
  readonly recipe: Recipe
  /** A checkpoint, whose training goes on to the same bits on the same engine. */
  readonly checkpoint: Uint8Array<ArrayBuffer>
}

export interface StartRequest {
  readonly draft: RecipeDraft
  /** Goes on from here; the recipe is then the snapshot's own, and `draft` is not looked at. */
  readonly from?: Snapshot
  /** Whether to wait for `resume` or `step` before the first step. */
  readonly paused?: boolean
}

export interface Started {
  readonly recipe: Recipe
  readonly ledger: Ledger
  readonly engine: string
  readonly threads: number
  readonly parameters: number
  readonly examples: { readonly train: number; readonly validation: number }
  readonly batch: number
  /** Updates done already, where it goes on from a snapshot. */
  readonly step: number
  readonly totalSteps: number
  readonly stepsPerEpoch: number
}

/** Steps since the last report, column by column; all columns are equally long. Nats, except rates. */
export interface StepColumns {
  readonly step: Uint32Array<ArrayBuffer>
  readonly loss: Float64Array<ArrayBuffer>
  readonly reconstruction: Float64Array<ArrayBuffer>
  /** NaN where there is no KL. */
  readonly kl: Float64Array<ArrayBuffer>
  /** Unweighted, by key. */
  readonly terms: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  /** As they were applied in each step, by key. */
  readonly weights: Readonly<Record<string, Float64Array<ArrayBuffer>>>
}

/** The model as it is learning: the same few held-out examples and the same prior codes every time. */
export interface Fresh {
  readonly step: number
  readonly originals: Shown
  readonly reconstructions: Shown
  /** Absent where nothing held codes to a prior. */
  readonly samples?: Shown
}

export type Report =
  /** Before all other reports of a training. */
  | { readonly report: 'started'; readonly started: Started }
  | {
      readonly report: 'phase'
      readonly phase: Phase
      readonly step: number
      /** Why it ended, or what it failed of. */
      readonly words?: string
      readonly failure?: Failure
    }
  | { readonly report: 'steps'; readonly steps: StepColumns; readonly stepsPerSecond: number }
  | { readonly report: 'epochs'; readonly epochs: readonly EpochEvent[] }
  | { readonly report: 'fresh'; readonly fresh: Fresh }
  | { readonly report: 'diagnosis'; readonly step: number; readonly diagnosis: Diagnosis }
  | { readonly report: 'weight'; readonly step: number; readonly term: string; readonly weight: Weight }
  | { readonly report: 'warning'; readonly code: string; readonly words: string }
  | { readonly report: 'snapshot'; readonly snapshot: Snapshot }

/** What the rate–distortion plane shows of an epoch: held-out numbers where there are some. */
export interface RatePoint extends Pick<SplitMetrics, 'reconstruction'> {
  readonly step: number
  readonly kl: number
}
