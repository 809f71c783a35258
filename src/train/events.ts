import type { Warning } from '../base/warning.ts'
import type { SplitMetrics } from '../infer/scoring.ts'
import type { WeightMove } from '../objective/moves.ts'
import type { TrainState } from './state.ts'

/** @inline */
export interface StartEvent {
  readonly kind: 'start'
  readonly step: number
  readonly totalSteps: number
  readonly stepsPerEpoch: number
  readonly batch: number
  readonly parameters: number
  /** Numbers in an example; absent in logs of earlier versions. */
  readonly dataSize?: number
  readonly engine: string
  readonly threads: number
  readonly examples: { readonly train: number; readonly validation: number }
  /** Digests of the row numbers of each split: two runs with equal ones divided their data alike. */
  readonly rows: { readonly train: string; readonly validation: string }
}

/** @inline */
export interface StepEvent extends SplitMetrics {
  readonly kind: 'step'
  /** Updates done, counted from 1. */
  readonly step: number
  readonly epoch: number
  readonly weights: Readonly<Record<string, number>>
  /** The model's. */
  readonly learningRate: number
  /** What each opponent minimizes, in nats; absent where there is none. */
  readonly opponents?: Readonly<Record<string, number>>
}

/** @inline */
export interface EpochEvent {
  readonly kind: 'epoch'
  /** Counted from 1. */
  readonly epoch: number
  readonly step: number
  /** Averages over the epoch's training batches, while parameters moved. */
  readonly train: SplitMetrics
  /** After the epoch; absent without a validation split. */
  readonly validation?: SplitMetrics
  /** KL of each latent dimension on validation; absent without one, or where the KL is no sum over dimensions. */
  readonly klPerDimension?: readonly number[]
  /** Variance over validation examples of each dimension's posterior mean; absent without a split. */
  readonly activity?: readonly number[]
  /** How many dimensions are active by that. */
  readonly activeUnits?: number
  readonly examplesPerSecond: number
  /** There where the best epoch is looked for and none before was as good. */
  readonly isBest?: true
}

/** Where training stands, as it is kept. @inline */
export interface CheckpointEvent {
  readonly kind: 'checkpoint'
  readonly step: number
}

/** The same with what is kept: for a journal, which writes it to disk and leaves it out of its log. */
export interface StateEvent extends CheckpointEvent {
  /** Holds until the next step: copy what is to be kept. */
  readonly state: TrainState
}

/** @inline */
export interface WarningEvent extends Warning {
  readonly kind: 'warning'
  /** Updates done when it was said; absent for what was known beforehand. */
  readonly step?: number
}

/** A weight that was moved by hand. @inline */
export interface WeightEvent extends WeightMove {
  readonly kind: 'weight'
  /** Its number or schedule before. */
  readonly was: string
}

/** @inline */
export type EndReason = 'finished' | 'early-stop' | 'interrupted'

/** @inline */
export interface EndEvent {
  readonly kind: 'end'
  readonly reason: EndReason
  readonly step: number
  readonly epoch: number
  /** Epoch whose parameters are the result, where validation chose one; null where they are the last. */
  readonly bestEpoch: number | null
  readonly seconds: number
}

/** What training says while it runs, in order. */
export type TrainEvent =
  | StartEvent
  | StepEvent
  | EpochEvent
  | CheckpointEvent
  | WeightEvent
  | WarningEvent
  | EndEvent

/** What the loop says to whoever keeps its states. */
export type LoopEvent = Exclude<TrainEvent, CheckpointEvent> | StateEvent
