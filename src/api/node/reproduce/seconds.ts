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
  const before = events.flatMap((event) =>
    event.kind === 'epoch' && event.step <= from ? [(batch * stepsPerEpoch) / event.examplesPerSecond] : [],
  )
  return end.seconds + before.reduce((sum, seconds) => sum + seconds, 0)
}
