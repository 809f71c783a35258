import { type Turns, turns } from './turns.ts'
import { nextTurn } from './yielding.ts'

/** Starts a job like `turns`, and each in a turn of the event loop of its own: however many there are, others run between. */
export function spacedTurns(): Turns {
  const inTurn = turns()
  return (job) => inTurn(() => nextTurn().then(job))
}
