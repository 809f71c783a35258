import { type EpochSums, freshSums } from './averages.ts'
import type { Start } from './step.ts'

/** The best parameters seen on validation. */
export interface Best {
  readonly epoch: number
  readonly loss: number
  readonly parameters: Float32Array
}

/** All that training must remember between two steps; noise, weights and batches are functions of the step. */
export interface TrainState extends Start {
  /** Updates done. */
  readonly step: number
  /** Of the current epoch, for its averages. */
  readonly sums: EpochSums
  /** Kept only while early stopping watches. */
  readonly best: Best | null
}

/** The parameters to use: the best ones where early stopping watched, else the last. */
export const usedParameters = ({ best, parameters }: TrainState): Float32Array =>
  best?.parameters ?? parameters

/** The state before the first step: slots are zero. */
export const initialState = (parameters: Float32Array, slots: number): TrainState => ({
  step: 0,
  parameters,
  slots: Array.from({ length: slots }, () => new Float32Array(parameters.length)),
  sums: freshSums,
  best: null,
})
