import '../../objective/every-part.testing.ts'
import { ndarray } from '../../base/arrays.ts'
import { datasetOf } from '../../data/dataset.ts'
import { completeRecipe } from '../../recipe/complete.ts'
import type { Recipe, RecipeDraft } from '../../recipe/recipe.ts'
import type { EpochEvent } from '../../train/events.ts'
import type { LoggedEvent } from '../journal.ts'
import type { Recorded } from './history.ts'

/** Numbers of an epoch, in nats. */
export interface Numbers {
  readonly reconstruction: number
  readonly kl?: number | null
  /** Of training, where it is not that of validation. */
  readonly trainReconstruction?: number
  readonly klPerDimension?: readonly number[]
  readonly activity?: readonly number[]
}

export interface RecordDraft {
  readonly draft?: Omit<RecipeDraft, 'data'>
  readonly epochs: readonly Numbers[]
  /** Steps in an epoch, of 100 epochs in all unless `ended`. */
  readonly ended?: boolean
  readonly validated?: boolean
  readonly dataSize?: number
}

const STEPS = 10
const data = datasetOf(ndarray(new Float32Array(200), [100, 2]), { name: 'toy' })

/** A run's record as a log would hold it: 10 steps an epoch, 100 epochs planned unless it has ended. */
export function recordOf({
  draft = {},
  epochs,
  ended = true,
  validated = true,
  dataSize = 2,
}: RecordDraft): Recorded {
  const training = { ...draft.training, steps: STEPS * (ended ? epochs.length : 100) }
  const likelihood = { name: 'bernoulli' }
  const given = { ...draft, model: { likelihood, ...draft.model }, training, data: { source: 'toy' } }
  const recipe = completeRecipe(given, data)
  const events = epochs.map((numbers, i) => epochEvent(recipe, numbers, i + 1, validated))
  return {
    recipe,
    events: [startEvent(recipe, dataSize), ...events, ...(ended ? [endEvent(epochs.length)] : [])],
  }
}

function epochEvent({ objective }: Recipe, numbers: Numbers, epoch: number, validated: boolean): EpochEvent {
  const { reconstruction, kl = 0, trainReconstruction = reconstruction, klPerDimension, activity } = numbers
  const metrics = (nats: number) => ({
    loss: nats,
    reconstruction: nats,
    kl,
    elbo: kl === null ? null : -(nats + kl),
    terms: Object.fromEntries(objective.terms.map(({ term }) => [term, kl ?? 0])),
  })
  return {
    kind: 'epoch',
    epoch,
    step: STEPS * epoch,
    train: metrics(trainReconstruction),
    ...(validated ? { validation: metrics(reconstruction) } : {}),
    ...(klPerDimension ? { klPerDimension } : {}),
    ...(activity ? { activity } : {}),
    examplesPerSecond: 1,
  }
}

const startEvent = ({ training }: Recipe, dataSize: number): LoggedEvent => ({
  kind: 'start',
  step: 0,
  totalSteps: training.steps,
  stepsPerEpoch: STEPS,
  batch: training.batch,
  parameters: 5000,
  dataSize,
  engine: 'reference',
  threads: 1,
  examples: { train: 80, validation: 10 },
  rows: { train: '', validation: '' },
})

const endEvent = (epoch: number): LoggedEvent => ({
  kind: 'end',
  reason: 'finished',
  step: STEPS * epoch,
  epoch,
  bestEpoch: null,
  seconds: 1,
})

const times = (count: number, numbers: (epoch: number) => Numbers): Numbers[] =>
  Array.from({ length: count }, (_, i) => numbers(i + 1))
/** Falls from 40 to 20. */
const falling = (epoch: number): number => 20 + 20 / epoch
const units = (count: number, active: number, value: number): number[] =>
  Array.from({ length: count }, (_, unit) => (unit < active ? value : 0.001))
const model = (size: number) => ({ latent: { size } })

/** Records of one ailment each, and of none. */
export const records = {
  healthy: recordOf({
    draft: { model: model(4) },
    epochs: times(20, (epoch) => ({ reconstruction: falling(epoch), kl: 8, activity: units(4, 4, 0.9) })),
  }),
  collapsed: recordOf({
    draft: { model: model(4), objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 50 }] } },
    epochs: times(20, () => ({ reconstruction: 40, kl: 0.004, activity: units(4, 0, 0.9) })),
  }),
  collapsedAtOne: recordOf({
    draft: { model: { ...model(4), likelihood: { name: 'gaussian' } } },
    epochs: times(20, () => ({ reconstruction: 2.6, kl: 0.004, activity: units(4, 0, 0.9) })),
  }),
  capacityLost: recordOf({
    draft: {
      model: model(4),
      objective: { name: 'annealed-vae', terms: [{ term: 'capacity', weight: 0.2, target: 10 }] },
    },
    epochs: times(20, () => ({ reconstruction: 40, kl: 0.004, activity: units(4, 0, 0.9) })),
  }),
  died: recordOf({
    draft: { model: model(10) },
    epochs: times(20, (epoch) => ({
      reconstruction: falling(epoch),
      kl: 5,
      activity: units(10, epoch < 10 ? 10 : 6, 0.8),
      klPerDimension: units(10, epoch < 10 ? 10 : 6, 0.7),
    })),
  }),
  idle: recordOf({
    draft: { model: model(10) },
    epochs: times(20, (epoch) => ({ reconstruction: falling(epoch), kl: 5, activity: units(10, 2, 0.9) })),
  }),
  partlyCollapsed: recordOf({
    draft: { model: model(10), objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 16 }] } },
    epochs: times(20, (epoch) => ({ reconstruction: falling(epoch), kl: 2, activity: units(10, 1, 0.9) })),
  }),
  overfitted: recordOf({
    draft: { model: { ...model(4), architecture: { name: 'mlp', hidden: [400, 200] } } },
    epochs: times(40, (epoch) => ({
      reconstruction: epoch <= 10 ? 40 - epoch : 30 + (epoch - 10) / 2,
      trainReconstruction: 40 - epoch / 2,
      kl: 8,
      activity: units(4, 4, 0.9),
    })),
  }),
  spread: recordOf({
    draft: { model: model(4), objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 0.01 }] } },
    epochs: times(20, (epoch) => ({ reconstruction: falling(epoch), kl: 60, activity: units(4, 4, 6) })),
  }),
  wideNoise: recordOf({
    draft: { model: { ...model(4), likelihood: { name: 'squared-error' } } },
    // ‖x − x̂‖² = 0.02 over 2 entries: a variance of 0.01 where ½ is meant.
    epochs: times(20, () => ({ reconstruction: 0.02, kl: 1, activity: units(4, 1, 0.9) })),
  }),
  narrowNoise: recordOf({
    draft: { model: { ...model(4), likelihood: { name: 'gaussian', sigma: 0.1 } } },
    // ½ log 2πσ² + s²/(2σ²) for each of 2 entries, s² = 0.25.
    epochs: times(20, () => ({
      reconstruction: 2 * (0.5 * Math.log(2 * Math.PI * 0.01) + 0.25 / 0.02),
      kl: 9,
      activity: units(4, 4, 0.9),
    })),
  }),
  ranAway: recordOf({
    draft: { model: model(4) },
    epochs: times(20, (epoch) => ({
      reconstruction: epoch < 12 ? falling(epoch) : 90,
      kl: 8,
      activity: units(4, 4, 0.9),
    })),
  }),
} satisfies Record<string, Recorded>
