import type { NDArray } from '../base/arrays.ts'
import type { Examples } from '../data/examples.ts'
import type { Feeds } from '../engine/engine.ts'
import type { Noise } from '../model/noise.ts'
import type { Layout } from '../optimizers/layout.ts'
import { PLAYER, TERM } from './programs.ts'

/** The unweighted parts of the loss at one step, in nats per example. */
export interface StepLosses {
  readonly loss: number
  readonly reconstruction: number
  readonly kl: number | null
  readonly terms: Readonly<Record<string, number>>
  /** What each opponent minimizes; absent where there is none. */
  readonly opponents?: Readonly<Record<string, number>>
}

/** What one update is given. */
export interface StepFeeds {
  readonly examples: Examples
  /** Noise by program input. */
  readonly noise: Feeds
  /** Term weights and scheduled options, by program input. */
  readonly knobs: Readonly<Record<string, number>>
  /** Number of the update, from 1. */
  readonly count: number
  /** Of each player. */
  readonly learningRates: readonly number[]
}

/** A training step made ready on an engine. */
export interface Step extends Disposable {
  /** Of each player, the model first. */
  readonly layouts: readonly Layout[]
  /** What must be drawn for every update. */
  readonly noise: readonly Noise[]
  /** One update of every player's parameters; losses are those before it. */
  run(feeds: StepFeeds): Promise<StepLosses>
  /** Parameters and slots, which may be the step's own arrays: they hold until the next update. */
  snapshot(): Promise<PlayerState[]>
  /** Parameters as they are now, by name, to be fed to another program; not to be kept. */
  values(): Promise<Feeds>
}

/** What a player has learned, and what its optimizer remembers. */
export interface PlayerState {
  readonly parameters: Float32Array
  readonly slots: readonly Float32Array[]
}

export const scalar = (value: number): NDArray => ({ data: Float32Array.of(value), shape: [] })

/** An update's values by program input. */
export const programFeeds = ({
  examples,
  noise,
  knobs,
}: Pick<StepFeeds, 'examples' | 'noise' | 'knobs'>): Feeds => ({
  ...examples,
  ...noise,
  ...Object.fromEntries(Object.entries(knobs).map(([name, value]) => [name, scalar(value)])),
})

/** Reads a program's losses. */
export function lossesOf(results: Record<string, NDArray>): StepLosses {
  const opponents = withPrefix(results, PLAYER)
  return {
    loss: results.loss.data[0],
    reconstruction: results.reconstruction.data[0],
    kl: results.kl?.data[0] ?? null,
    terms: withPrefix(results, TERM),
    ...(Object.keys(opponents).length > 0 ? { opponents } : {}),
  }
}

const withPrefix = (results: Record<string, NDArray>, prefix: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(results)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, { data }]) => [name.slice(prefix.length), data[0]]),
  )
