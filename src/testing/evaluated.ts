import type { NDArray } from '../base/arrays.ts'
import { fillUniform, streams } from '../base/random.ts'
import { type ConcreteShape, sizeOf } from '../base/shape.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { referenceEngine } from '../engine/reference.ts'
import { program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'

/** Numbers in float64, in a row unless a shape is given. */
export const array = (values: readonly number[], shape: ConcreteShape = [values.length]): NDArray => ({
  data: Float64Array.from(values),
  shape,
})

/** Numbers drawn evenly between bounds, others for each `seed`. */
export const drawn = (shape: ConcreteShape, seed: number, low = -0.9, high = 0.9): NDArray => ({
  data: Float64Array.from(
    fillUniform(
      new Float32Array(sizeOf(shape)),
      { seed: 7, stream: streams.evaluation, step: seed },
      low,
      high,
    ),
  ),
  shape,
})

/** Runs what is given, feeding of `feeds` what it needs. */
export async function evaluated<Name extends string>(
  outputs: Readonly<Record<Name, Tensor>>,
  feeds: Feeds,
  engine: Engine = referenceEngine,
): Promise<Record<Name, Float64Array>> {
  const traced = program('evaluated', outputs)
  using executable = await engine.load(traced)
  const given = Object.fromEntries(traced.inputs.map(({ name }) => [name, feeds[name]]))
  const results = await executable.run(given)
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, Float64Array.from(data)]),
  ) as Record<Name, Float64Array>
}

/** Names of what a value depends on. */
export const inputsOf = (value: Tensor): string[] =>
  program('inputs', { value }).inputs.map(({ name }) => name)

/** Largest difference of two rows of numbers, relative to 1 + |number|; not finite where they are not as many. */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let most = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]) / (1 + Math.abs(b[i]))
    most = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference)
  }
  return most
}
