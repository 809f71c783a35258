import { type Balance, type Balances, balanceOf } from '../objective/balance.ts'
import type { StepEvent } from '../train/events.ts'
import type { LoggedEvent } from './journal.ts'

/** Batches differ from each other: the end is a mean over this share of the steps. */
const LAST = 0.1

/** What the loss was made of at the first step that a log holds, and over the last tenth of the steps done. */
export function balancesOf(events: readonly LoggedEvent[]): Balances {
  const steps = events.filter((event) => event.kind === 'step')
  const last = steps.at(-1)
  return {
    start: meanOf(steps.slice(0, 1)),
    end: last ? meanOf(steps.filter(({ step }) => step > last.step * (1 - LAST))) : null,
  }
}

function meanOf([first, ...rest]: readonly StepEvent[]): Balance | null {
  return first ? balanceOf([first, ...rest]) : null
}
