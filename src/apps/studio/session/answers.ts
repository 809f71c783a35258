/** What the server of `betavae studio` answers; these types are shared by both ends. */
import type { Frontier, LoggedEvent, Recipe, RunSummary } from '../../../inside.ts'
import type { Failure } from '../protocol.ts'

/** Name of the `<meta>` whose being there says that the page is served by `betavae studio`. */
export const SERVED = 'betavae-server'

/** A run in a list; where it cannot be read, why. */
export interface ListedRun {
  /** What every other request calls it: its place below the folder of runs, with `/` between names. */
  readonly id: string
  /** Whether a process writes into it at the moment. */
  readonly training: boolean
  readonly summary?: RunSummary
  readonly failure?: Failure
}

export interface RunList {
  /** The folder of runs, as it was given to the server. */
  readonly folder: string
  /** By name; those of sweeps come after all others. */
  readonly runs: readonly ListedRun[]
}

/** A run as far as it has come. */
export interface ServedRun extends ListedRun {
  readonly recipe: Recipe
  readonly events: readonly LoggedEvent[]
}

/** A member of a sweep that some worker of a queue trains, or will. */
export interface QueuedMember {
  readonly name: string
  readonly state: string
  readonly worker: string | null
  readonly step: number
  readonly steps: number
}

/** A sweep, and what it found where it has ended. */
export interface ServedSweep {
  readonly id: string
  readonly betas: readonly number[]
  readonly seeds: readonly number[]
  /** Those of its runs that have begun, by id. */
  readonly runs: readonly string[]
  /** Whether a process works on it at the moment. */
  readonly isRunning?: boolean
  /** Members that a queue has for it. */
  readonly queued?: readonly QueuedMember[]
  readonly frontier?: Frontier
  readonly failure?: Failure
}

export interface SweepList {
  readonly sweeps: readonly ServedSweep[]
}
