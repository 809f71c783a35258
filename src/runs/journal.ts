import { fail } from '../base/errors.ts'
import type { TrainEvent } from '../train/events.ts'

/** Code of the error of a training whose numbers stopped being numbers, which its log keeps as a warning. */
export const NOT_FINITE = 'train/not-finite'

/** At most about this many step lines stand in a run's log. */
const STEP_LINES = 1000

/** An event as a log holds it: plain JSON, a checkpoint without its arrays. @inline */
export type LoggedEvent = TrainEvent

/** The event as it is logged; undefined for a step that is left out, which only its number decides. The first stays. */
export function logged(event: TrainEvent, totalSteps: number): LoggedEvent | undefined {
  if (event.kind === 'checkpoint') return { kind: 'checkpoint', step: event.step }
  const every = Math.max(1, Math.ceil(totalSteps / STEP_LINES))
  return event.kind === 'step' && event.step > 1 && event.step % every !== 0 ? undefined : event
}

/** A log's lines; a last line that a crash tore is left out. */
export function parseLog(text: string): LoggedEvent[] {
  return text.split('\n').flatMap((line, i, lines) => {
    if (line === '') return []
    try {
      return [JSON.parse(line) as LoggedEvent]
    } catch (error) {
      if (i === lines.length - 1) return []
      return fail({
        code: 'runs/log',
        seen: `line ${i + 1} of the event log is not JSON`,
        wanted: 'one JSON object a line',
        fix: 'remove or restore that line of events.jsonl',
        cause: error,
      })
    }
  })
}

/** Updates done when the last event of a log happened. */
export const lastStepOf = (events: readonly LoggedEvent[]): number =>
  events.reduce((last, event) => Math.max(last, event.step ?? 0), 0)

/** What of a log still holds when training goes on from `step`: nothing, where it begins again. */
export const upTo = (events: readonly LoggedEvent[], step: number): LoggedEvent[] =>
  step === 0 ? [] : events.filter((event) => event.kind !== 'end' && (event.step ?? 0) <= step)
