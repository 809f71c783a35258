import type { Feeds } from '../../../engine/engine.ts'

/** Names under which a model of windows keeps what it says of rows by; absent where no column is one of numbers. */
export const SERIES = {
  /** What is taken off each number, and what the rest is divided by [2, numbers]. */
  scale: 'series.scale',
  /** Mean of a window's numbers, by column, and the packed rows of the Cholesky factor of their covariance. */
  mean: 'series.mean',
  factor: 'series.factor',
  /** Quantiles of each number as the Gaussian sees it [numbers, knots], and of the log of the time between rows [knots]. */
  quantiles: 'series.quantiles',
  pace: 'series.pace',
  /** Of each column the middle of its distances in variances, of others that of its nats [columns]. */
  usual: 'series.usual',
  /** The same of the newest row by those before it, what held-out rows score so, and training rows. */
  liveUsual: 'series.live.usual',
  liveHeldOut: 'series.live.scores',
  liveTrained: 'series.live.trained',
  /** Rows that are odd together, of the scores of held-out rows of either kind [1]. */
  block: 'series.block',
  liveBlock: 'series.live.block',
} as const

/** Shapes of what a model of windows keeps. */
export const seriesShapes = (given: Feeds): [string, readonly number[]][] =>
  Object.values(SERIES).map((name) => [name, given[name]?.shape ?? [0]])
