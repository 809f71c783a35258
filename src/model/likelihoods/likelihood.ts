import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { ConcreteShape } from '../../base/shape.ts'
import { slice } from '../../graph/ops/slice.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { ByTime } from '../layers/by-time.ts'
import type { Declare } from '../parameters.ts'

/** p(x|z): how the decoder's output is read as a distribution over examples. */
export interface Likelihood<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  readonly options: z.core.$ZodType<Options>
  /** What one example contributes, for the printed formula. */
  formula(options: Options): string
  /** First extent of what the decoder gives for an example whose own is `first`; the others are the example's. */
  outputs(first: number, options: Options): number
  /** How rows lie in an example that is a window of them; absent where examples are none. */
  windows?(options: Options): ByTime | undefined
  /** What the encoder is shown of examples where they lie far from unit scale; absent where it sees them as they are. */
  shown?(x: Tensor, options: Options): Tensor
  /** The distribution that a decoder's output [rows, outputs, …rest] stands for. */
  density(output: Tensor, context: LikelihoodContext, options: Options): Density
  /** Nats per entry that the density leaves out; an honest likelihood adds them. */
  omitted(options: Options): number
  /** σ² of the Gaussian that this is, where it is one and σ² is given. */
  variance(options: Options): number | undefined
  /** The values that an entry can take. */
  support(options: Options): Support
}

/** What a likelihood may use besides the decoder's output. @inline */
export interface LikelihoodContext {
  readonly exampleShape: ConcreteShape
  /** Declares a parameter of the likelihood itself, such as a learned σ. */
  readonly declare: Declare
  /** Makes every step put `value` in the place of a declared parameter, which then has no gradient. */
  replace(parameter: Tensor, value: Tensor): void
}

/** A distribution over examples, entry by entry. @inline */
export interface Density {
  /** −log p(x|z) of each entry in nats [rows, …]; a constant that `omitted` counts may be left out. */
  negativeLogLikelihood(x: Tensor): Tensor
  /** What a reconstruction shows, same shape as x: E[x|z], or the most probable class. */
  readonly center: Tensor
}

/** A set of numbers, in a test and in words. @inline */
export interface Support {
  /** Whether it is among them. */
  holds(x: number): boolean
  readonly wanted: string
  /** What to do with data that it does not hold, where that is not to take a Gaussian. */
  readonly fix?: string
  /** True for [0, 1]. */
  readonly isUnit?: true
  /** True where the likelihood is one of 0 and 1 but gives a loss in between, too: grey pixels want a warning. */
  readonly isBinary?: true
  /** True where it holds whole numbers alone, such as counts: scaling would take data out of it. */
  readonly isWhole?: true
  /** How many equally spaced values from 0 to 1 it is, where each has a probability. */
  readonly levels?: number
  /** True where it is 0, which has a probability, and the density of what lies above: shifting would take data out of it. */
  readonly isAmount?: true
}

export const anyNumber: Support = { holds: () => true, wanted: 'any finite number' }

/** A scale is a float32: the largest training value may come out this much above 1. */
const SLACK = 1e-6

export const unitInterval: Support = {
  holds: (x) => x >= -SLACK && x <= 1 + SLACK,
  wanted: 'values from 0 to 1',
  isUnit: true,
}

/** The numbers for each entry apart again: `count` tensors [rows, first, …rest]. */
export function splitOutputs(output: Tensor, count: number): Tensor[] {
  const first = (output.shape[1] as number) / count
  return Array.from({ length: count }, (_, i) => slice(output, 1, i * first, (i + 1) * first))
}

/**
 * Makes a likelihood; its name and options become part of its type.
 *
 * @example
 * ```ts
 * import { abs, add, defineLikelihood, mul, sub } from 'betavae/graph'
 * import { checkPart } from 'betavae/testing'
 * import * as z from 'zod'
 *
 * const cushioned = defineLikelihood({
 *   name: 'cushioned',
 *   summary: 'Laplace of a scale that is given',
 *   options: z.strictObject({ scale: z.number().positive().default(0.5).describe('its scale') }),
 *   formula: ({ scale }) => `|x − x̂| / ${scale}`,
 *   outputs: (first) => first,
 *   density: (output, _, { scale }) => ({
 *     negativeLogLikelihood: (x) => add(mul(abs(sub(x, output)), 1 / scale), Math.log(2 * scale)),
 *     center: output,
 *   }),
 *   omitted: () => 0,
 *   variance: () => undefined,
 *   support: () => ({ holds: () => true, wanted: 'any finite number' }),
 * })
 * console.log((await checkPart(cushioned)).length) // 0: nothing is wrong with it
 * ```
 */
export const defineLikelihood = <const Name extends string, Options, Input>(
  likelihood: Likelihood<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Likelihood<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'likelihood'> =>
  part('likelihood', likelihood)
