/** What the examples of this folder share: a way to train a preset on 8×8 digits and judge it on others. */
import {
  checkDraft,
  type Model,
  type NDArray,
  open,
  openData,
  type RecipeDraft,
  type SplitMetrics,
  type TrainEvent,
  train,
} from 'betavae'
import { splitsOf } from 'betavae/runs'

type EpochEvent = Extract<TrainEvent, { readonly kind: 'epoch' }>

const dataset = await openData('digits')

/**
 * For `model`: grey pixels as they are, 0 to 1, give or take 0.2.
 *
 * Without it pixels are drawn black or white, and so few of them tell little: a code costs 5 nats, not 11.
 */
export const grey = { likelihood: { name: 'gaussian', sigma: 0.2 } }

/** What an example asks for besides its preset. */
export interface Changes {
  /** In place of the preset's. */
  readonly terms?: NonNullable<RecipeDraft['objective']>['terms']
  readonly model?: RecipeDraft['model']
  readonly data?: Omit<RecipeDraft['data'], 'source'>
  readonly epochs?: number
}

/** A trained model, and how it does on digits that it has not seen. */
export interface Fitted extends Disposable {
  readonly model: Model
  /** Those digits [n, 1, 8, 8], in grey levels 0 to 255, which is what the model takes and gives. */
  readonly heldOut: NDArray
  /** Which digit each of them is. */
  readonly labels: readonly number[]
  /** Averages over them after training, in nats per digit. */
  readonly metrics: SplitMetrics
  /** KL of each dimension of the code in nats; empty where the preset has none. */
  readonly klPerDimension: readonly number[]
  /** What was said after each epoch. */
  readonly epochs: readonly EpochEvent[]
}

/** Prints what an example found, in three digits. */
export const say = (found: object): void =>
  console.log(
    JSON.stringify(
      found,
      (_, value) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value),
      2,
    ),
  )

/** Trains a preset on three quarters of the digits, with a code of 10 numbers; 40 epochs are 840 steps. */
export async function trainOn(
  preset: string,
  { terms, model, data, epochs = 40 }: Changes = {},
): Promise<Fitted> {
  // Presets are named by whoever calls, so their types cannot be known here.
  const run = await train(
    checkDraft({
      data: { source: 'digits', validation: 0.25, test: 0, ...data },
      model: { ...model, latent: { size: 10, ...model?.latent } },
      objective: { name: preset, ...(terms ? { terms } : {}) },
      training: { epochs, batch: 64, seed: 1 },
      // So small a network runs no faster on two.
      engine: { threads: 1 },
    }),
    { dataset },
  )
  const opened = await open(run, { threads: 1 })
  const said = run.events.filter((event) => event.kind === 'epoch')
  const { validation, klPerDimension = [] } = said[said.length - 1]
  const { indices } = splitsOf(run.trained.recipe, dataset).validation
  if (!validation) throw new Error('nothing was held out')
  return {
    model: opened,
    heldOut: await dataset.read(indices),
    labels: Array.from(indices, (index) => dataset.labels?.[index] ?? -1),
    metrics: validation,
    klPerDimension,
    epochs: said,
    [Symbol.dispose]: () => opened.dispose(),
  }
}
