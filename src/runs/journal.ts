import type { EpochEvent, TrainEvent } from '../train/events.ts'

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

/** Epochs up to here are all kept, and of each doubling after it as many as half of them. */
const EPOCH_LINES = 256

const isKept = (epoch: number): boolean =>
  epoch <= EPOCH_LINES || epoch % 2 ** Math.floor(Math.log2(epoch / (EPOCH_LINES / 2))) === 0

/**
 * What a run's log gets of the events that it is told in order: of the steps a thousand, of a long training's epochs
 * ever fewer, and always the best and the last.
 */
export function journalOf(totalSteps: number): (event: TrainEvent) => LoggedEvent[] {
  let best: EpochEvent | undefined
  let last: EpochEvent | undefined
  const heldBack = () => {
    const events = best === last ? [best] : [best, last]
    best = undefined
    last = undefined
    return events.filter((event) => event !== undefined)
  }
  return (event) => {
    if (event.kind === 'epoch') {
      if (event.isBest) best = event
      last = event
      // The last of the plan at once: a process that is killed before the end has been told would lose it.
      if (!isKept(event.epoch) && event.step < totalSteps) return []
      if (best !== event && best) return heldBack()
      best = undefined
      last = undefined
    }
    const line = logged(event, totalSteps)
    return [...(event.kind === 'end' ? heldBack() : []), ...(line ? [line] : [])]
  }
}

/** Updates done when the last event of a log happened. */
export const lastStepOf = (events: readonly LoggedEvent[]): number =>
  events.reduce((last, event) => Math.max(last, event.step ?? 0), 0)

/** What of a log still holds when training goes on from `step`: nothing, where it begins again. */
export const upTo = (events: readonly LoggedEvent[], step: number): LoggedEvent[] =>
  step === 0 ? [] : events.filter((event) => event.kind !== 'end' && (event.step ?? 0) <= step)
