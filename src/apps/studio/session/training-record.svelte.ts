import type { Diagnosis, EpochEvent, Weight } from '../../../inside.ts'
import type { Fresh, Phase, RatePoint, Report, Started } from '../protocol.ts'
import type { Kept } from './kept.ts'
import { pathOf } from './known-run.ts'
import { spreadEpochs } from './spread-epochs.ts'
import { StepHistory } from './step-history.svelte.ts'
import { type Pace, paceAfter, secondsFor } from './time-left.ts'

const NO_PACE: Pace = { steps: 0, seconds: 0 }

/** What is known of the training that runs or ran last. */
export class TrainingRecord {
  phase = $state<Phase>('idle')
  /** Of the training that runs or ran last. */
  started = $state.raw<Started>()
  /** Updates done. */
  step = $state(0)
  stepsPerSecond = $state(0)
  #pace = $state.raw<Pace>(NO_PACE)
  /** Weights by term key, as they hold from the next step on. */
  weights = $state.raw<Readonly<Record<string, Weight>>>({})
  readonly history = new StepHistory()
  /** `klPerDimension` of these is the heat map over time. */
  epochs = $state.raw<readonly EpochEvent[]>([])
  /** Originals, reconstructions and samples, as of a moment ago. */
  fresh = $state.raw<Fresh>()
  diagnosis = $state.raw<Diagnosis>()

  /** The run's path across the rate–distortion plane, an epoch each. */
  readonly path: readonly RatePoint[] = $derived(pathOf(this.epochs))
  /** Seconds until the last of its steps; undefined while nobody can say. */
  readonly secondsLeft: number | undefined = $derived(
    this.phase === 'running' && this.started
      ? secondsFor(this.started.totalSteps - this.step, this.#pace)
      : undefined,
  )
  /** Whether a training is under way, paused or not. */
  readonly isTraining = $derived(['starting', 'running', 'paused'].includes(this.phase))

  /** A training begins, or goes on after `past`. */
  protected begin(started: Started, past: Kept | undefined): void {
    if (past) this.history.restore(past.history)
    else this.history.clear()
    this.history.cutAfter(started.step)
    this.epochs = past ? spreadEpochs(past.epochs.filter(({ step }) => step <= started.step)) : []
    this.started = started
    this.step = started.step
    this.stepsPerSecond = 0
    this.#pace = NO_PACE
    this.fresh = undefined
    this.diagnosis = undefined
    this.weights = Object.fromEntries(started.ledger.terms.map(({ name, weight }) => [name, weight]))
  }

  /** Takes what a report says of it; others say nothing of it. */
  protected record(report: Report): void {
    if (report.report === 'phase') {
      this.phase = report.phase
      this.step = report.step
      if (report.phase !== 'running') this.stepsPerSecond = 0
    } else if (report.report === 'steps') {
      this.history.add(report.steps)
      this.step = report.steps.step.at(-1) ?? this.step
      this.stepsPerSecond = report.stepsPerSecond
      const count = report.steps.step.length
      if (report.stepsPerSecond > 0)
        this.#pace = paceAfter(this.#pace, { steps: count, seconds: count / report.stepsPerSecond })
    } else if (report.report === 'epochs') this.epochs = spreadEpochs([...this.epochs, ...report.epochs])
    else if (report.report === 'fresh') this.fresh = report.fresh
    else if (report.report === 'diagnosis') this.diagnosis = report.diagnosis
    else if (report.report === 'weight') this.weights = { ...this.weights, [report.term]: report.weight }
  }
}
