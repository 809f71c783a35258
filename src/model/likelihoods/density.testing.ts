/** One likelihood by itself: what its density says of numbers, in float64 or on an engine. */
import * as z from 'zod/mini'
import type { NDArray } from '../../base/arrays.ts'
import { type ConcreteShape, sizeOf } from '../../base/shape.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Parameter } from '../parameters.ts'
import { newTrace } from '../trace.ts'
import { allLikelihoods } from './index.ts'
import type { Density, Likelihood } from './likelihood.ts'

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

export const likelihood = (name: string, options: object = {}): LikelihoodCase => {
  const kind = allLikelihoods.find((candidate) => candidate.name === name) as Likelihood
  return { kind, options: z.parse(kind.options, options) }
}

export const array = (values: readonly number[], shape: ConcreteShape = [values.length]): NDArray => ({
  data: Float64Array.from(values),
  shape,
})

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

/** Runs what is given, feeding of `feeds` what it needs. */
export async function evaluate<Name extends string>(
  outputs: Readonly<Record<Name, Tensor>>,
  feeds: Feeds,
  engine: Engine = referenceEngine,
): Promise<Record<Name, Float64Array>> {
  const traced = program('density', outputs)
  using executable = await engine.load(traced)
  const given = Object.fromEntries(traced.inputs.map(({ name }) => [name, feeds[name]]))
  const results = await executable.run(given)
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, Float64Array.from(data)]),
  ) as Record<Name, Float64Array>
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
  const { loss: found, center } = await evaluate({ loss, center: density.center }, feeds, engine)
  return { loss: found, center: center[0] }
}
