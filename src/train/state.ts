import type { Layout } from '../optimizers/layout.ts'
import { type EpochSums, freshSums } from './averages.ts'
import type { PlayerState } from './step.ts'

/** The best parameters seen on validation. */
export interface Best {
  readonly epoch: number
  readonly loss: number
  /** Of each player. */
  readonly parameters: readonly Float32Array[]
}

/** All that training must remember between two steps; noise, weights and batches are functions of the step. */
export interface TrainState {
  /** Updates done. */
  readonly step: number
  /** What each has learned, the model first. */
  readonly players: readonly PlayerState[]
  /** Of the current epoch, for its averages. */
  readonly sums: EpochSums
  /** Kept only where validation is watched for it. */
  readonly best: Best | null
}

/** The parameters to use, of each player: the best ones where validation was watched, else the last. */
export const usedParameters = ({ best, players }: TrainState): readonly Float32Array[] =>
  best?.parameters ?? players.map(({ parameters }) => parameters)

/** The same state in arrays of its own. */
export const copyOfState = ({ players, ...rest }: TrainState): TrainState => ({
  ...rest,
  players: players.map(({ parameters, slots }) => ({
    parameters: parameters.slice(),
    slots: slots.map((slot) => slot.slice()),
  })),
})

/** A state to start from, handed over once: a training copies it and releases its arrays, since a large one's are large. */
export interface StartingPoint {
  /** Updates done. */
  readonly step: number
  take(): TrainState
}

export function startingFrom(state: TrainState): StartingPoint {
  let kept: TrainState | undefined = state
  return {
    step: state.step,
    take() {
      if (!kept) throw new Error('a starting point is taken once')
      const taken = kept
      kept = undefined
      return taken
    },
  }
}

/** The state before the first step: slots are zero. */
export const initialState = (
  layouts: readonly Layout[],
  parameters: readonly Float32Array[],
): TrainState => ({
  step: 0,
  players: layouts.map(({ slots, size }, i) => ({
    parameters: parameters[i],
    slots: slots.map(() => new Float32Array(size)),
  })),
  sums: freshSums,
  best: null,
})
