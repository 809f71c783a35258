import type { EpochEvent, Recipe, RunState, SplitMetrics } from '../../../inside.ts'
import type { RatePoint } from '../protocol.ts'
import type { ServedRun } from './answers.ts'

/** A run as it can be compared with others: trained in this page, or on the disk of `betavae studio`. */
export interface KnownRun {
  /** Of a run on disk its id there; of one of this page `page:<number>`. */
  readonly id: string
  readonly name: string
  /** As it was steered, where a weight was moved by hand. */
  readonly recipe: Recipe
  readonly state: RunState
  /** Updates done. */
  readonly step: number
  readonly epochs: readonly EpochEvent[]
  /** The epoch whose parameters are the result, where early stopping chose one. */
  readonly bestEpoch?: number
}

/** Held-out numbers where there are some, else those of training. */
export const metricsOf = ({ train, validation }: EpochEvent): SplitMetrics => validation ?? train

/** The epoch that speaks for a run; undefined before the first has ended. */
export const lastEpochOf = ({ epochs, bestEpoch }: KnownRun): EpochEvent | undefined =>
  epochs.find(({ epoch }) => epoch === bestEpoch) ?? epochs.at(-1)

/** The path across the rate–distortion plane, an epoch each; empty where there is no KL. */
export const pathOf = (epochs: readonly EpochEvent[]): RatePoint[] =>
  epochs.flatMap((event) => {
    const { kl, reconstruction } = metricsOf(event)
    return kl === null ? [] : [{ step: event.step, kl, reconstruction }]
  })

/** A run on disk as people call it: one of a sweep by both names. */
export const diskNameOf = (id: string): string => id.replace('/members/', ': ')

/** A run on disk, as it stands in the server's answer. */
export function knownRunOf({ id, recipe, events, summary }: ServedRun): KnownRun {
  const end = events.findLast((event) => event.kind === 'end')
  return {
    id,
    name: diskNameOf(id),
    recipe,
    state: summary?.state ?? 'unfinished',
    step: summary?.step ?? 0,
    epochs: events.filter((event) => event.kind === 'epoch'),
    ...(end?.bestEpoch ? { bestEpoch: end.bestEpoch } : {}),
  }
}
