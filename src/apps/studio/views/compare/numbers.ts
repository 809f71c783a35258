/** Final numbers of runs side by side, and which of them is better. */
import { type KnownRun, lastEpochOf, metricsOf } from '../../session/known-run.ts'

export type Better = 'higher' | 'lower'

export interface NumberRow {
  readonly name: string
  readonly unit?: string
  /** Which of two values is the better one; absent where that is a matter of taste. */
  readonly better?: Better
  /** What it is, in a few words. */
  readonly hint: string
  /** One for each run, null where it has none. */
  readonly values: readonly (number | null)[]
  /** Numbers of the best runs; empty where none is. */
  readonly best: readonly number[]
}

/** `areComparable` says whether a value of one run may be held against another's. */
export function numberRows(runs: readonly KnownRun[], areComparable: boolean): NumberRow[] {
  const epochs = runs.map(lastEpochOf)
  const of = (key: 'elbo' | 'reconstruction' | 'kl') =>
    epochs.map((epoch) => (epoch ? metricsOf(epoch)[key] : null))
  const active = epochs.map((epoch) => epoch?.activeUnits ?? null)
  const row = (values: readonly (number | null)[], rest: Omit<NumberRow, 'values' | 'best'>): NumberRow => ({
    ...rest,
    values,
    best: areComparable && rest.better ? bestOf(values, rest.better) : [],
  })
  return [
    row(of('elbo'), {
      name: 'ELBO',
      unit: 'nats',
      better: 'higher',
      hint: 'at β = 1, whatever was trained with',
    }),
    row(of('reconstruction'), {
      name: 'Reconstruction',
      unit: 'nats',
      better: 'lower',
      hint: 'what is lost',
    }),
    row(of('kl'), { name: 'KL', unit: 'nats', hint: 'what the code costs' }),
    row(active, { name: 'Active dimensions', hint: 'whose mean moves with the example' }),
  ].filter(({ values }) => values.some((value) => value !== null))
}

function bestOf(values: readonly (number | null)[], better: Better): number[] {
  const known = values.filter((value) => value !== null)
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known)
  if (known.length < 2 || known.every((value) => value === best)) return []
  return values.flatMap((value, i) => (value === best ? [i] : []))
}
