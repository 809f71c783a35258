import type { NDArray } from '../base/arrays.ts'
import type { Feeds } from '../engine/engine.ts'
import type { Layout } from './layout.ts'
import { TERM } from './programs.ts'

/** The unweighted parts of the loss at one step, in nats per example. */
export interface StepLosses {
  readonly loss: number
  readonly reconstruction: number
  readonly kl: number | null
  readonly terms: Readonly<Record<string, number>>
}

/** What one update is given. */
export interface StepFeeds {
  readonly x: NDArray
  readonly noise?: NDArray
  /** Term weights, by program input. */
  readonly weights: Readonly<Record<string, number>>
  /** Number of the update, from 1. */
  readonly count: number
  readonly learningRate: number
}

/** A training step made ready on an engine. */
export interface Step extends Disposable {
  readonly layout: Layout
  /** One update of the parameters; losses are those before it. */
  run(feeds: StepFeeds): Promise<StepLosses>
  /** Copies of parameters and slots as they are now. */
  snapshot(): Promise<{ parameters: Float32Array; slots: Float32Array[] }>
  /** Parameters as they are now, by name, to be fed to another program; not to be kept. */
  values(): Promise<Feeds>
}

/** Where training starts or goes on from. */
export interface Start {
  readonly parameters: Float32Array
  readonly slots: readonly Float32Array[]
}

export const scalar = (value: number): NDArray => ({ data: Float32Array.of(value), shape: [] })

/** An update's values by program input. */
export const programFeeds = ({ x, noise, weights }: StepFeeds): Feeds => ({
  x,
  ...(noise ? { noise } : {}),
  ...Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, scalar(value)])),
})

/** Reads a program's losses. */
export function lossesOf(results: Record<string, NDArray>): StepLosses {
  const terms = Object.entries(results).filter(([name]) => name.startsWith(TERM))
  return {
    loss: results.loss.data[0],
    reconstruction: results.reconstruction.data[0],
    kl: results.kl?.data[0] ?? null,
    terms: Object.fromEntries(terms.map(([name, { data }]) => [name.slice(TERM.length), data[0]])),
  }
}
