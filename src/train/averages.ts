import type { SplitMetrics } from '../infer/scoring.ts'
import type { StepLosses } from './step.ts'

/** Sums over the steps of an epoch so far; plain JSON, so that a checkpoint in mid-epoch loses nothing. */
export interface EpochSums {
  readonly steps: number
  readonly loss: number
  readonly reconstruction: number
  readonly kl: number | null
  readonly terms: Readonly<Record<string, number>>
}

export const freshSums: EpochSums = { steps: 0, loss: 0, reconstruction: 0, kl: null, terms: {} }

export const withStep = (sums: EpochSums, step: StepLosses): EpochSums => ({
  steps: sums.steps + 1,
  loss: sums.loss + step.loss,
  reconstruction: sums.reconstruction + step.reconstruction,
  kl: step.kl === null ? null : (sums.kl ?? 0) + step.kl,
  terms: Object.fromEntries(
    Object.entries(step.terms).map(([key, value]) => [key, (sums.terms[key] ?? 0) + value]),
  ),
})

export function averagesOf({ steps, loss, reconstruction, kl, terms }: EpochSums): SplitMetrics {
  return {
    loss: loss / steps,
    reconstruction: reconstruction / steps,
    kl: kl === null ? null : kl / steps,
    elbo: kl === null ? null : -(reconstruction + kl) / steps,
    terms: Object.fromEntries(Object.entries(terms).map(([key, sum]) => [key, sum / steps])),
  }
}
