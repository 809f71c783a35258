/** Seconds over which a pace is averaged: long enough to pass over what is done now and then, short enough to follow. */
const MEMORY = 10
/** Seconds of training before which nobody can say how long the rest takes. */
const LEAST = 2

/** Steps of the last few seconds, older ones counting for less. */
export interface Pace {
  readonly steps: number
  readonly seconds: number
}

/** The same with some more steps, and what they took. */
export function paceAfter({ steps, seconds }: Pace, more: Pace): Pace {
  const kept = Math.exp(-more.seconds / MEMORY)
  return { steps: kept * steps + more.steps, seconds: kept * seconds + more.seconds }
}

/** Seconds that so many steps take; undefined while nobody can say. */
export const secondsFor = (steps: number, pace: Pace): number | undefined =>
  pace.seconds < LEAST ? undefined : (steps * pace.seconds) / pace.steps

/** How long it still takes, as people say it. */
export function timeLeft(seconds: number): string {
  if (seconds < 10) return 'a few seconds left'
  if (seconds < 90) return `about ${10 * Math.round(seconds / 10)} s left`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `about ${minutes} min left`
  return `about ${Math.round(minutes / 30) / 2} h left`
}
