import type { LoggedEvent, Recipe } from '../../../inside.ts'
import type { Failure, Phase } from '../protocol.ts'
import { stepColumns } from '../step-columns.ts'
import type { RunReader } from './server.ts'
import { TrainingRecord } from './training-record.svelte.ts'

/**
 * following: what happens arrives. unreachable: the server does not answer and is tried again. ended: the run came to
 * its end. gone: its folder was removed. failed: it cannot be read any more. What was seen stays in each of them.
 */
export type Standing = 'following' | 'unreachable' | 'ended' | 'gone' | 'failed'

/** A run on disk as it is written by another process. */
export class FollowedRun extends TrainingRecord implements RunReader {
  standing = $state<Standing>('following')
  /** Why it cannot be read any more. */
  failure = $state.raw<Failure>()
  readonly id: string
  readonly recipe: Recipe
  readonly #onNews: (events: readonly LoggedEvent[]) => void
  #events: LoggedEvent[] = []

  /** `onNews` hears all events so far whenever there are more. */
  constructor(id: string, recipe: Recipe, onNews: (events: readonly LoggedEvent[]) => void) {
    super()
    this.id = id
    this.recipe = recipe
    this.#onNews = onNews
  }

  onEvents(events: readonly LoggedEvent[]): void {
    // A log may hold more events than a call takes arguments.
    for (const event of events) this.#events.push(event)
    const steps = events.filter((event) => event.kind === 'step')
    const epochs = events.filter((event) => event.kind === 'epoch')
    if (steps.length > 0) this.record({ report: 'steps', steps: stepColumns(steps), stepsPerSecond: 0 })
    if (epochs.length > 0) this.record({ report: 'epochs', epochs })
    this.#stand('running', events.findLast(({ step }) => step !== undefined)?.step)
    this.#onNews(this.#events)
  }

  onAgain(): void {
    this.#events = []
    this.history.clear()
    this.epochs = []
    this.step = 0
    this.diagnosis = undefined
  }

  onEnd(): void {
    this.standing = 'ended'
    this.#stand('finished')
  }

  onGone(): void {
    this.standing = 'gone'
    this.#stand('lost')
  }

  onFailure(failure: Failure): void {
    this.failure = failure
    this.standing = 'failed'
    this.#stand('failed')
  }

  onConnection(connected: boolean): void {
    this.standing = connected ? 'following' : 'unreachable'
  }

  #stand(phase: Phase, step = this.step): void {
    this.record({ report: 'phase', phase, step })
  }
}
