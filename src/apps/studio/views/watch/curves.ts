/** Lines of a training for charts: single steps behind, and epochs' held-out numbers before them. */
import type { EpochEvent } from '../../../../inside.ts'

export type Measure = 'loss' | 'reconstruction' | 'kl'

/** An epoch's number at the place of its last step, NaN elsewhere: held out where there are such, else of training. */
export function atEpochs(
  epochs: readonly EpochEvent[],
  steps: ArrayLike<number>,
  measure: Measure,
): Float64Array {
  const values = new Float64Array(steps.length).fill(Number.NaN)
  let place = 0
  for (const { step, train, validation } of epochs) {
    while (place < steps.length - 1 && steps[place] < step) place++
    const value = (validation ?? train)[measure]
    if (place < steps.length && steps[place] >= step && value !== null) values[place] = value
  }
  return values
}

/** Product of two columns: what a term adds to the loss. */
export const weighted = (values: Float64Array, weights: Float64Array): Float64Array =>
  values.map((value, i) => value * weights[i])

/** Whether a column ever changes. */
export const moves = (values: Float64Array): boolean => values.some((value) => value !== values[0])
