import type { SplitMetrics } from '../infer/scoring.ts'
import type { LoggedEvent } from '../runs/journal.ts'
import type { Point } from './charts/axes.ts'

/** One number while training went on; x counts epochs, or steps where a log does not say how long an epoch is. */
export interface Curve {
  /** Single batches, averaged in groups so that there are a few hundred. */
  readonly batches: readonly Point[]
  /** Averages over an epoch's batches, at the middle of the epoch: parameters moved meanwhile. */
  readonly train: readonly Point[]
  readonly validation: readonly Point[]
}

export interface Curves {
  readonly unit: 'epoch' | 'step'
  readonly loss: Curve
  readonly reconstruction: Curve
  /** Absent where the latent is deterministic. */
  readonly kl?: Curve
}

type Measure = 'loss' | 'reconstruction' | 'kl'
const MOST_BATCH_POINTS = 240
const HALF_EPOCH = 0.5

/** What a log says of loss, reconstruction and KL; undefined where it has neither steps nor epochs. */
export function curvesOf(events: readonly LoggedEvent[]): Curves | undefined {
  const steps = events.filter((event) => event.kind === 'step')
  const epochs = events.filter((event) => event.kind === 'epoch')
  if (steps.length + epochs.length === 0) return undefined
  const stepsPerEpoch = startOf(events)?.stepsPerEpoch
  const x = (step: number) => (stepsPerEpoch ? step / stepsPerEpoch : step)
  const curve = (measure: Measure): Curve => ({
    batches: thinned(steps.flatMap((step) => pointOf(x(step.step), step, measure))),
    train: epochs.flatMap(({ step, train }) =>
      pointOf(x(step) - (stepsPerEpoch ? HALF_EPOCH : 0), train, measure),
    ),
    validation: epochs.flatMap(({ step, validation }) => pointOf(x(step), validation, measure)),
  })
  const kl = curve('kl')
  return {
    unit: stepsPerEpoch ? 'epoch' : 'step',
    loss: curve('loss'),
    reconstruction: curve('reconstruction'),
    ...(kl.batches.length + kl.train.length > 0 ? { kl } : {}),
  }
}

/** One point, or none where there is no such number. */
function pointOf(x: number, metrics: SplitMetrics | undefined, measure: Measure): Point[] {
  const value = metrics?.[measure]
  return typeof value === 'number' ? [[x, value]] : []
}

/** The latest beginning: a resumed run has several. */
export const startOf = (events: readonly LoggedEvent[]) =>
  events.filter((event) => event.kind === 'start').at(-1)

/** Averages neighbors until there are few enough points to draw. */
function thinned(points: readonly Point[]): Point[] {
  const group = Math.ceil(points.length / MOST_BATCH_POINTS)
  if (group <= 1) return [...points]
  return Array.from({ length: Math.ceil(points.length / group) }, (_, i) => {
    const part = points.slice(i * group, (i + 1) * group)
    const mean = (axis: 0 | 1) => part.reduce((sum, point) => sum + point[axis], 0) / part.length
    return [mean(0), mean(1)]
  })
}
