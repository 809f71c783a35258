/** Runs as a comparison gets them, made up. */
import { completeRecipe, datasetOf, type EpochEvent, type RecipeDraft } from '../../../../inside.ts'
import type { KnownRun } from '../../session/known-run.ts'

const toy = datasetOf({ data: new Float32Array(40), shape: [20, 2] }, { name: 'toy' })

/** An epoch whose held-out ELBO is −(reconstruction + kl), and whose training numbers are others. */
export const epochAt = (step: number, reconstruction: number, kl: number | null): EpochEvent => {
  const elbo = kl === null ? null : -reconstruction - kl
  const validation = { loss: reconstruction + (kl ?? 0), reconstruction, kl, elbo, terms: {} }
  return {
    kind: 'epoch',
    epoch: step / 10,
    step,
    train: { ...validation, reconstruction: 999 },
    validation,
    activity: [0.5, 0.001],
    activeUnits: 1,
    examplesPerSecond: 1,
  }
}

export const knownRun = (
  id: string,
  epochs: readonly EpochEvent[],
  draft: Partial<RecipeDraft> = {},
): KnownRun => ({
  id,
  name: id,
  recipe: completeRecipe({ ...draft, data: { source: 'toy', ...draft.data } }, toy),
  state: 'finished',
  step: epochs.at(-1)?.step ?? 0,
  epochs,
})
