import type { NDArray } from '../base/arrays.ts'
import type { Warning } from '../base/warning.ts'
import type { BatchPlan } from '../data/batches.ts'
import type { ExampleReader, Rows } from '../data/examples.ts'
import { digest } from '../data/split.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import type { Chosen, ModelSpec } from '../model/spec.ts'
import type { WeightedTerm } from '../objective/objective.ts'
import type { Schedule } from '../objective/schedule.ts'
import type { TraceRequest } from '../objective/trace.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'

/** How one player's parameters are moved. */
export interface Learning {
  readonly optimizer: Chosen<Optimizer, unknown>
  readonly learningRate: Schedule
}

/** Everything one training needs, checked and resolved; nothing in it is JSON-shy by accident. */
export interface Plan {
  readonly model: ModelSpec
  readonly example: ExampleType
  /** `data.shift` and `data.scale`, from stored rows to model units. */
  readonly scaling: Readonly<Record<'data.shift' | 'data.scale', NDArray<Float32Array>>>
  readonly terms: readonly WeightedTerm[]
  /** Of each player of the objective, by its key; the model is the first. */
  readonly players: Readonly<Record<string, Learning>>
  /** Largest norm of a player's gradient; null leaves gradients alone. */
  readonly clipNorm: number | null
  readonly reader: ExampleReader
  readonly train: Rows
  readonly validation: Rows
  readonly batches: BatchPlan
  readonly totalSteps: number
  /** Epochs without improvement on validation after which to stop; null never stops early. */
  readonly patience: number | null
  /** Whether the best epoch on validation is the result, where there is validation, or the last; with patience the best. */
  readonly keep: 'best' | 'last'
  readonly seed: number
  /** What is allowed but probably not meant; said when training starts afresh. */
  readonly warnings: readonly Warning[]
}

/** What a plan's objective is traced for. */
export const traceRequest = ({ model, example, terms, batches, train }: Plan): TraceRequest => ({
  spec: model,
  example,
  terms,
  batch: batches.batch,
  examples: train.indices.length,
})

/** Digests of the row numbers of each split. */
export const splitDigests = ({ train, validation }: Plan): { train: string; validation: string } => ({
  train: digest(train.indices),
  validation: digest(validation.indices),
})
