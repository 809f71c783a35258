/** A series with nothing missing, and what it is asked for with. */
import type { EncodedIntervals } from '../intervals.ts'

/** Encoded rows of one series [n × width] with nothing missing. */
export interface FilledSeries {
  readonly mean: Float32Array
  readonly intervals?: EncodedIntervals
  readonly samples: readonly Float32Array[]
}

export interface FillRequest {
  /** Draws of the code, where the model has a say. */
  readonly draws: number
  /** Draws of what is missing, and the number of the series, by which they differ. */
  readonly samples: number
  readonly number: number
  readonly seed?: number
  /** The share of intervals that hold what they are of. */
  readonly share?: number | undefined
  readonly signal?: AbortSignal | undefined
}
