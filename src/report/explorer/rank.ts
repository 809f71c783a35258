import type { Contents } from './contents.ts'

export interface RankedDimension {
  readonly dimension: number
  /** Mean KL in nats, where it is known. */
  readonly kl?: number
}

/** KL in nats up to which a dimension carries almost nothing. */
const IDLE_NATS = 0.01

/** Dimensions by KL, else by the spread of codes, the strongest first; those that carry almost nothing apart. */
export function rankDimensions({ step }: Pick<Contents, 'step'>, kl?: readonly number[]) {
  const strength = kl ?? step
  const all = step
    .map((_, dimension): RankedDimension => ({ dimension, ...(kl ? { kl: kl[dimension] } : {}) }))
    .sort((a, b) => strength[b.dimension] - strength[a.dimension])
  const active = all.filter((one) => (one.kl ?? Number.POSITIVE_INFINITY) > IDLE_NATS)
  const shown = active.length > 0 ? active : all
  return { all, shown, rest: all.slice(shown.length) }
}
