/** Runs one layer in float64 with parameters and an input that another framework can make, too. */
import type { NDArray } from '../../base/arrays.ts'
import { sizeOf } from '../../base/shape.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare, Parameter } from '../parameters.ts'
import { newTrace } from '../trace.ts'

/** sin(0.7·i + phase). */
export const wave = (shape: readonly number[], phase: number): NDArray => ({
  data: Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(0.7 * i + phase)),
  shape,
})

export interface Traced {
  readonly output: Tensor
  readonly parameters: readonly Parameter[]
}

export function traceLayer(
  shape: readonly (number | string)[],
  layer: (x: Tensor, declare: Declare) => Tensor,
): Traced {
  const trace = newTrace()
  const output = layer(input('x', shape), trace.layers('')('layer'))
  return { output, parameters: trace.parameters }
}

/** The layer's output for a wave of phase 1; its parameters are waves of phases 2, 3, … in their order. */
export async function waveThrough(
  shape: readonly number[],
  layer: (x: Tensor, declare: Declare) => Tensor,
): Promise<NDArray> {
  const { output, parameters } = traceLayer(shape, layer)
  using executable = await referenceEngine.load(program('layer', { output }))
  const values = parameters.map((own, i): [string, NDArray] => [own.name, wave(own.shape, i + 2)])
  return (await executable.run({ x: wave(shape, 1), ...Object.fromEntries(values) })).output
}

/** Largest difference from numbers written down. */
export const differenceFrom = ({ data }: NDArray, wanted: readonly number[]): number =>
  data.length === wanted.length
    ? Math.max(...wanted.map((x, i) => Math.abs(x - data[i])))
    : Number.POSITIVE_INFINITY
