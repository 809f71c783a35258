/** One likelihood by itself: what its density says of numbers. */
import type { NDArray } from '../base/arrays.ts'
import { type ConcreteShape, sizeOf } from '../base/shape.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { input } from '../graph/ops/input.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Density, Likelihood } from '../model/likelihoods/likelihood.ts'
import type { Parameter } from '../model/parameters.ts'
import { newTrace } from '../model/trace.ts'
import { array, evaluated } from './evaluated.ts'

/** A likelihood and options to try it with. */
export interface LikelihoodCase {
  readonly kind: Likelihood
  readonly options: unknown
}

export interface TracedDensity {
  readonly x: Tensor
  readonly output: Tensor
  readonly density: Density
  readonly loss: Tensor
  readonly parameters: readonly Parameter[]
  readonly replacements: ReadonlyMap<Parameter, Tensor>
}

/** A density over `rows` examples. */
export function traceDensity(
  { kind, options }: LikelihoodCase,
  rows: number | string,
  exampleShape: ConcreteShape = [1],
): TracedDensity {
  const trace = newTrace()
  const [first, ...rest] = exampleShape
  const x = input('x', [rows, ...exampleShape])
  const output = input('output', [rows, kind.outputs(first, options), ...rest])
  const declare = trace.layers('likelihood')('')
  const density = kind.density(output, { exampleShape, declare, replace: trace.replace }, options)
  const loss = density.negativeLogLikelihood(x)
  return { x, output, density, loss, parameters: trace.parameters, replacements: trace.replacements }
}

/** −log p in nats of single numbers, and the center, for what a decoder says of one entry; parameters hold `learned`. */
export async function losses(
  likelihoodCase: LikelihoodCase,
  output: readonly number[],
  xs: readonly number[],
  { learned = 0, engine }: { readonly learned?: number; readonly engine?: Engine } = {},
): Promise<{ readonly loss: Float64Array; readonly center: number }> {
  const { density, loss, parameters } = traceDensity(likelihoodCase, xs.length)
  const repeated = xs.flatMap(() => output)
  const held = parameters.map(({ name, shape }): [string, NDArray] => [
    name,
    array(new Array<number>(sizeOf(shape)).fill(learned), shape),
  ])
  const feeds = {
    x: array(xs, [xs.length, 1]),
    output: array(repeated, [xs.length, output.length]),
    ...Object.fromEntries(held),
  }
  const { loss: found, center } = await evaluated({ loss, center: density.center }, feeds, engine)
  return { loss: found, center: center[0] }
}

/** Numbers that stand for everything an entry can be, and the share of it that each stands for. */
export interface Domain {
  readonly xs: readonly number[]
  readonly widths: readonly number[]
}

const RANGE = 9
const STEPS = 30_000
/** What falls off exponentially towards both ends needs few steps. */
const FEW = 3000
const WHOLE = 400

/** Ends of logits of shares: e⁻⁶⁰ from 0, and as near to 1 as a double tells well. */
const LOGITS = [-60, 30] as const
/** Ends of logarithms of amounts. */
const LOGARITHMS = [-24, 16] as const

/** Middles of few steps between two ends. */
const evenly = ([from, to]: readonly [number, number]) => {
  const width = (to - from) / FEW
  return { xs: Array.from({ length: FEW }, (_, i) => from + (i + 0.5) * width), width }
}

/**
 * Everything that an entry can be: two values, levels or whole numbers, the interval from 0 to 1 in even steps of the logit,
 * 0 and what lies above it, or the line, far out in wide steps.
 */
export function domainOf({ kind, options }: LikelihoodCase): Domain {
  const { isBinary, isUnit, isWhole, isAmount, levels, holds } = kind.support(options)
  const alike = (xs: readonly number[], width: number) => ({ xs, widths: xs.map(() => width) })
  const middles = Array.from({ length: STEPS }, (_, i) => (i + 0.5) / STEPS)
  if (isBinary) return alike([0, 1], 1)
  if (isWhole) return alike(Array.from({ length: WHOLE }, (_, i) => i).filter(holds), 1)
  if (levels !== undefined)
    return alike(
      Array.from({ length: levels }, (_, i) => i / (levels - 1)),
      1,
    )
  if (isUnit) {
    const { xs: logits, width } = evenly(LOGITS)
    const xs = logits.map((logit) => 1 / (1 + Math.exp(-logit)))
    return { xs, widths: xs.map((x) => x * (1 - x) * width) }
  }
  if (isAmount) {
    const { xs: logarithms, width } = evenly(LOGARITHMS)
    const xs = logarithms.map(Math.exp)
    return { xs: [0, ...xs], widths: [1, ...xs.map((x) => x * width)] }
  }
  const places = middles.map((share) => RANGE * (2 * share - 1))
  return { xs: places.map(Math.sinh), widths: places.map((place) => (Math.cosh(place) * 2 * RANGE) / STEPS) }
}

/** What a decoder might say of an entry: a center, and what else there is within ±½. */
export const outputOf = ({ kind, options }: LikelihoodCase, center: number): number[] =>
  Array.from({ length: kind.outputs(1, options) }, (_, i) => (i === 0 ? center : ((i * 7) % 5) / 4 - 0.5))

const centers = [-2.7, -0.9, -0.51, -0.3, -1e-3, 0, 1e-4, 0.2, 0.47, 0.8, 1.6, 3.1]

/** Of ascending numbers the one next to a share of the way from the first to the last. */
function nearest(xs: readonly number[], share: number): number {
  const wanted = xs[0] + share * (xs[xs.length - 1] - xs[0])
  return xs.reduce((best, x) => (Math.abs(x - wanted) < Math.abs(best - wanted) ? x : best))
}

/** Three examples [2, 3] and what feeds their density; parameters differ entry by entry. */
export function densityWorld(each: LikelihoodCase): TracedDensity & { readonly feeds: Feeds } {
  const traced = traceDensity(each, 3, [2, 3])
  const likely = domainOf(each).xs.filter((x) => Math.abs(x) <= 3)
  const many = (shape: ConcreteShape, at: (index: number) => number) =>
    array(
      Array.from({ length: sizeOf(shape) }, (_, i) => at(i)),
      shape,
    )
  const parameters = traced.parameters.map(({ name, shape }): [string, NDArray] => [
    name,
    many(shape, (i) => 0.3 + i / 10),
  ])
  return {
    ...traced,
    feeds: {
      x: many([3, 2, 3], (i) => nearest(likely, ((i * 7 + 3) % 18) / 18)),
      output: many(traced.output.shape as number[], (i) => centers[(i * 5) % centers.length]),
      ...Object.fromEntries(parameters),
    },
  }
}
