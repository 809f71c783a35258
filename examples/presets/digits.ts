/** What the examples of this folder share: they all train on the same 1,348 digits and are judged on the other 449. */
import {
  type EpochEvent,
  type Model,
  type NDArray,
  open,
  openData,
  partsOf,
  type RecipeDraft,
  type SplitMetrics,
  train,
} from '../../src/node.ts'

const dataset = await openData('digits')
const SEED = Number(process.env.SEED ?? 1)

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
  /** Digits held out [n, 1, 8, 8], bytes. */
  readonly heldOut: NDArray
  /** Averages over them after each epoch, in nats per digit. */
  readonly epochs: readonly EpochEvent[]
  /** After the last epoch. */
  readonly metrics: SplitMetrics
  /** KL of each dimension of the code in nats, after the last epoch. */
  readonly klPerDimension: readonly number[]
}

/** Trains a preset; the same call gives the same numbers on the same machine. */
export async function trainOn(preset: string, changes: Changes = {}): Promise<Fitted> {
  const { terms, model: shape, data, epochs = 40 } = changes
  const run = await train(
    {
      data: { source: 'digits', validation: 0.25, test: 0, ...data },
      model: { ...shape, latent: { size: 10, ...shape?.latent } },
      objective: { name: preset, ...(terms ? { terms } : {}) },
      training: { epochs, batch: 64, seed: SEED },
      // So small a network is no work for two.
      engine: { threads: 1 },
    },
    { dataset },
  )
  const { recipe } = run.trained
  const { validation } = partsOf(recipe, dataset)
  const model = await open(run, { threads: 1 })
  const events = run.events.filter((event) => event.kind === 'epoch')
  const last = events.at(-1)!
  return {
    model,
    heldOut: await dataset.read(validation.indices),
    epochs: events,
    metrics: last.validation!,
    klPerDimension: last.klPerDimension ?? [],
    [Symbol.dispose]: () => model.dispose(),
  }
}
