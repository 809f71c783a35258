import type { LoggedEvent } from '../journal.ts'

/** A number of a run's log, by the update after which it stood. */
export interface Scalar {
  readonly name: string
  readonly step: number
  readonly value: number
}

/** Numbers of a tree by their paths: `validation/terms/kl`; what is no finite number is left out. */
function numbersIn(path: string, value: unknown): (readonly [name: string, value: number])[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [[path, value]] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, own]) => numbersIn(`${path}/${name}`, own))
}

/** All that steps and epochs of a log say in numbers, in order: `step/loss`, `epoch/validation/elbo`. */
export function scalarsOf(events: readonly LoggedEvent[]): Scalar[] {
  return events.flatMap((event): Scalar[] => {
    if (event.kind !== 'step' && event.kind !== 'epoch') return []
    const { kind, step, epoch: _, ...numbers } = event
    return numbersIn(kind, numbers).map(([name, value]) => ({ name, step, value }))
  })
}
