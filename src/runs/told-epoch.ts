import type { EpochEvent } from '../train/events.ts'
import type { LoggedEvent } from './journal.ts'

/** The epoch whose parameters are the run's result, or the last one so far. */
export function toldEpoch(events: readonly LoggedEvent[]): EpochEvent | undefined {
  const end = events.findLast((event) => event.kind === 'end')
  const epochs = events.filter((event) => event.kind === 'epoch')
  return epochs.find(({ epoch }) => epoch === end?.bestEpoch) ?? epochs.at(-1)
}
