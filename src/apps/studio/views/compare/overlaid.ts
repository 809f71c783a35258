/** Curves of several runs over one axis of steps. */
import { type KnownRun, metricsOf } from '../../session/known-run.ts'

export const measures = [
  {
    value: 'elbo',
    label: 'ELBO',
    hint: 'Higher is better. At β = 1, so that runs of different β can be compared.',
  },
  {
    value: 'reconstruction',
    label: 'Reconstruction',
    hint: 'What is lost on the way through the code; lower is better.',
  },
  { value: 'kl', label: 'KL', hint: 'What the code costs.' },
] as const

export type Measure = (typeof measures)[number]['value']

export interface Overlaid {
  /** Every step at which any run has a number, rising. */
  readonly x: Float64Array
  /** One for each run, NaN at steps of others. */
  readonly curves: readonly Float64Array[]
}

export function overlaid(runs: readonly KnownRun[], measure: Measure): Overlaid {
  const x = Float64Array.from(new Set(runs.flatMap(({ epochs }) => epochs.map(({ step }) => step)))).sort()
  const placeOf = new Map(Array.from(x, (step, place) => [step, place]))
  const curves = runs.map(({ epochs }) => {
    const values = new Float64Array(x.length).fill(Number.NaN)
    for (const epoch of epochs) values[placeOf.get(epoch.step) ?? 0] = metricsOf(epoch)[measure] ?? Number.NaN
    return values
  })
  return { x, curves }
}
