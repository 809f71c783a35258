/** A model on the plane of rate and distortion, both in nats. */
export interface RatePoint {
  readonly rate: number
  readonly distortion: number
}

/** @inline */
export interface Knee {
  /** Number of the point. */
  readonly index: number
  /**
   * How far it lies below the line between the frontier's ends, on axes that each run from 0 to 1: 0 on the line, 1 at
   * the corner where both rate and distortion are the least of all.
   */
  readonly depth: number
  /** Nats of distortion that the line falls for each nat of rate. */
  readonly exchange: number
}

/**
 * The knee of a convex, falling frontier: the point farthest from the line between its ends, after both axes have been
 * scaled to 0 … 1. Satopää et al. 2011, Finding a "Kneedle" in a Haystack, §III, without its smoothing.
 *
 * Undefined where there are fewer than three points, or all have one rate or one distortion.
 */
export function kneeOf(points: readonly RatePoint[]): Knee | undefined {
  const rates = points.map(({ rate }) => rate)
  const distortions = points.map(({ distortion }) => distortion)
  const [least, lowest] = [Math.min(...rates), Math.min(...distortions)]
  const across = Math.max(...rates) - least
  const up = Math.max(...distortions) - lowest
  if (points.length < 3 || !(across > 0 && up > 0)) return undefined
  const depths = points.map((point) => 1 - (point.rate - least) / across - (point.distortion - lowest) / up)
  const index = depths.indexOf(Math.max(...depths))
  return { index, depth: depths[index], exchange: up / across }
}
