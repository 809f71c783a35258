import { type Knee, kneeOf, type RatePoint } from './knee.ts'
import type { FrontierPoint } from './point.ts'

/** Below this depth a frontier is so nearly straight that its knee is an accident of the grid. */
const CLEAR = 0.1

/** A choice, and what led to it. @inline */
export interface Advice {
  readonly value: number
  readonly reason: string
}

/** @inline */
export interface Suggestion {
  /** The β at the knee; null where there is none. */
  readonly beta: Advice | null
  /** Nats to hold the code at, by a capacity instead of a price; null where there is no knee. */
  readonly capacity: (Advice & { readonly bits: number; readonly options: string }) | null
  /** The β of the highest ELBO. */
  readonly likelihood: Advice
  /** Why there is no knee; absent where there is one. */
  readonly missing?: string
  /** The knee's numbers. */
  readonly knee?: Omit<Knee, 'index'>
}

/** Reads a frontier out: which β, which capacity, and why. `steps` is the length of a training. */
export function suggestionFor(points: readonly FrontierPoint[], steps: number): Suggestion {
  const likelihood = highestElbo(points)
  const places = points.map(({ rate, distortion }) => ({ rate: rate.mean, distortion: distortion.mean }))
  const knee = kneeOf(places)
  if (!knee || knee.depth < CLEAR)
    return { beta: null, capacity: null, likelihood, missing: withoutKnee(places, knee) }
  const { index, ...numbers } = knee
  return {
    beta: { value: points[index].beta, reason: kneeWords(points, places, knee) },
    capacity: capacityAt(places[index].rate, points[index].beta, steps),
    likelihood,
    knee: numbers,
  }
}

function highestElbo(points: readonly FrontierPoint[]): Advice {
  const best = points.reduce((a, b) => (b.elbo.mean > a.elbo.mean ? b : a))
  return {
    value: best.beta,
    reason: `the highest ELBO of the sweep, ${nats(best.elbo.mean)} nats: the choice where likelihood is what counts`,
  }
}

function withoutKnee(places: readonly RatePoint[], knee: Knee | undefined): string {
  if (knee)
    return (
      `no β stands out: the frontier leaves the straight line between its ends by ${share(knee.depth)} of the way to ` +
      `the corner at most, less than the ${share(CLEAR)} that would make a knee. Widen the range of β`
    )
  return places.length < 3
    ? `a knee needs at least three β, since two are the ends of a line; there are ${places.length}`
    : 'all members have one rate or one distortion, so that there is nothing to trade. Widen the range of β'
}

function kneeWords(points: readonly FrontierPoint[], places: readonly RatePoint[], knee: Knee): string {
  const { index, depth, exchange } = knee
  const [first, last] = [points[0].beta, points[points.length - 1].beta]
  const words = [
    `the knee of the frontier: of all β it lies farthest below the straight line between β = ${first} and β = ${last}, ` +
      `${share(depth)} of the way to the corner on axes scaled to 0 … 1 (Kneedle, Satopää et al. 2011)`,
    ...step(points, places, index, -1),
    ...step(points, places, index, 1),
    `Along the line a nat of rate buys ${nats(exchange)} nats of distortion, and a β-VAE that has converged stops where it ` +
      'buys less than β (Alemi et al. 2018), so that a knee is expected near that β. Other ends of the range move it',
  ]
  return words.join('. ')
}

/** What going on to the neighbor would give and take. */
function step(
  points: readonly FrontierPoint[],
  places: readonly RatePoint[],
  index: number,
  way: 1 | -1,
): string[] {
  const [here, there] = [places[index], places[index + way]]
  if (!there) return []
  const [rate, distortion] = [Math.abs(there.rate - here.rate), Math.abs(there.distortion - here.distortion)]
  const isTrade = (there.rate - here.rate) * (there.distortion - here.distortion) < 0
  if (!isTrade || rate === 0) return []
  const price = nats(distortion / rate)
  const beta = points[index + way].beta
  return [
    there.rate > here.rate
      ? `β = ${beta} would spend ${nats(rate)} more nats of rate to win back ${nats(distortion)} of distortion, ${price} for each`
      : `β = ${beta} would save ${nats(rate)} nats of rate and cost ${nats(distortion)} of distortion, ${price} for each`,
  ]
}

function capacityAt(rate: number, beta: number, steps: number): NonNullable<Suggestion['capacity']> {
  const value = Number(rate.toPrecision(3))
  return {
    value,
    bits: value / Math.LN2,
    reason:
      `the rate at that knee (β = ${beta}): a capacity holds the mean KL at this many nats whatever they cost, ` +
      'and beyond the knee further nats buy less',
    options: `--objective annealed-vae --capacity-target 'linear(0, ${value}, ${Math.ceil(steps / 2)})'`,
  }
}

const nats = (value: number): string => {
  const decimals = Math.abs(value) < 10 ? 2 : 1
  return value.toFixed(decimals).replace('-', '\u2212')
}
const share = (value: number): string => value.toFixed(2)
