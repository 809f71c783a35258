import type { Confidence } from '../statistics/confidence.ts'

/** The members of one β together; with several seeds, means and where they lie. @inline */
export interface FrontierPoint {
  readonly beta: number
  readonly seeds: readonly number[]
  readonly rate: Confidence
  /** The mean rate in bits. */
  readonly rateBits: number
  readonly distortion: Confidence
  readonly elbo: Confidence
  readonly activeUnits: number
  readonly udr?: number
  readonly mig?: number
}
