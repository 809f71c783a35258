import type { LoggedEvent } from '../../../runs/journal.ts'

/**
 * Seconds that a finished run has trained: those of its last sitting, and of the epochs before that at their pace.
 *
 * What a killed process did after its last checkpoint was done again and is left out.
 */
export function trainingSeconds(events: readonly LoggedEvent[]): number {
  const start = events.findLast((event) => event.kind === 'start')
  const end = events.findLast((event) => event.kind === 'end')
  if (!start || !end) return 0
  const { batch, stepsPerEpoch, step: from } = start
  let epochs = 0
  let before = 0
  for (const event of events) {
    if (event.kind !== 'epoch' || event.step > from) continue
    // Epochs that the log leaves out went at the pace of the next one.
    before += ((event.epoch - epochs) * batch * stepsPerEpoch) / event.examplesPerSecond
    epochs = event.epoch
  }
  return end.seconds + before
}
