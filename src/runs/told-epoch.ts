import type { EpochEvent } from '../train/events.ts'
import type { LoggedEvent } from './journal.ts'

/** The epoch whose parameters are the run's result, or the last one so far. */
export function toldEpoch(events: readonly LoggedEvent[]): EpochEvent | undefined {
  const end = events.findLast((event) => event.kind === 'end')
  const epochs = events.filter((event) => event.kind === 'epoch')
  const best = end?.bestEpoch
  // A log may miss the best one where its process was killed; the one before it is as near as can be had.
  return (best && epochs.findLast(({ epoch }) => epoch <= best)) || epochs.at(-1)
}
