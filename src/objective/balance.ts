import type { Ledger, LedgerLine } from './ledger.ts'

/** One part of the loss at a time of training, in nats per example. */
export interface Entry {
  readonly value: number
  /** Times its weight at that time: what it adds to the loss. */
  readonly weighted: number
  /** Of the sum of all parts without their signs; of the loss itself, where no part is negative. */
  readonly share: number
}

/** What the loss is made of at a time of training. */
export interface Balance {
  /** First and last step that it is a mean over. */
  readonly steps: readonly [first: number, last: number]
  readonly loss: number
  readonly reconstruction: Entry
  /** By term; a term on the input adds nothing by itself and is missing. */
  readonly terms: Readonly<Record<string, Entry>>
}

/** What a training step says of the parts of its loss. */
export interface StepParts {
  readonly step: number
  readonly reconstruction: number
  /** Unweighted. */
  readonly terms: Readonly<Record<string, number>>
  readonly weights: Readonly<Record<string, number>>
}

/** Averages the parts of one or more steps, in their order. */
export function balanceOf(steps: readonly [StepParts, ...StepParts[]]): Balance {
  const mean = (of: (step: StepParts) => number) =>
    steps.reduce((sum, step) => sum + of(step), 0) / steps.length
  const reconstruction = mean((step) => step.reconstruction)
  const sums = Object.keys(steps[0].terms).map((key) => ({
    key,
    value: mean(({ terms }) => terms[key]),
    weighted: mean(({ terms, weights }) => weights[key] * terms[key]),
  }))
  const parts = [reconstruction, ...sums.map(({ weighted }) => weighted)]
  const whole = parts.reduce((sum, part) => sum + Math.abs(part), 0)
  const entry = (value: number, weighted: number): Entry => ({
    value,
    weighted,
    share: whole === 0 ? 0 : weighted / whole,
  })
  return {
    steps: [steps[0].step, steps[steps.length - 1].step],
    loss: parts.reduce((sum, part) => sum + part, 0),
    reconstruction: entry(reconstruction, reconstruction),
    terms: Object.fromEntries(sums.map(({ key, value, weighted }) => [key, entry(value, weighted)])),
  }
}

/** Balances when training began and when it ended; null where there was no such time. */
export interface Balances {
  readonly start: Balance | null
  readonly end: Balance | null
}

/** A part's entries; null where it has none. */
interface Entries {
  readonly start: Entry | null
  readonly end: Entry | null
}

/** A ledger with the values that its parts had. */
export interface BalancedLedger extends Omit<Ledger, 'reconstruction' | 'terms'> {
  readonly reconstruction: Ledger['reconstruction'] & Entries
  readonly terms: readonly (LedgerLine & Entries)[]
  /** The loss, and the steps that values are means over. */
  readonly loss: Readonly<Record<keyof Balances, Pick<Balance, 'steps' | 'loss'> | null>>
}

/** Writes the values of a training into its ledger. */
export function withBalances(ledger: Ledger, { start, end }: Balances): BalancedLedger {
  const totals = (balance: Balance | null) => balance && { steps: balance.steps, loss: balance.loss }
  return {
    ...ledger,
    reconstruction: {
      ...ledger.reconstruction,
      start: start?.reconstruction ?? null,
      end: end?.reconstruction ?? null,
    },
    terms: ledger.terms.map((line) => ({
      ...line,
      start: start?.terms[line.name] ?? null,
      end: end?.terms[line.name] ?? null,
    })),
    loss: { start: totals(start), end: totals(end) },
  }
}
