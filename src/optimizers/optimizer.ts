import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../base/parts.ts'
import type { Tensor } from '../graph/tensor.ts'

/** An update rule compiled to WebAssembly; the loop in `update` is its twin, and a test holds them together. @inline */
export interface Kernel<Options> {
  /** Base64 of a module that imports a memory and exports `update(…offsets, count, scale, …numbers)`. */
  readonly code: string
  /** What it is told beside offsets, count and scale. */
  numbers(scalars: Readonly<Record<string, number>>, options: Options): readonly number[]
}

/**
 * An update rule with two lowerings: in place over host arrays, and as ops of a program whose state stays on a
 * device.
 *
 * Numbers that change from step to step are computed once, by `scalars`, and given to both.
 */
export interface Optimizer<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly options: z.core.$ZodType<Options>
  /** Names of the arrays it keeps for each parameter, zero at the start. */
  readonly slots: readonly string[]
  /** Numbers for update `count` (1 for the first), at a learning rate. */
  scalars(count: number, learningRate: number, options: Options): Readonly<Record<string, number>>
  /** Updates `parameters` and `slots` in place; gradients are multiplied by `scale` first. */
  update(
    parameters: Float32Array,
    gradients: Float32Array,
    slots: readonly Float32Array[],
    scalars: Readonly<Record<string, number>>,
    scale: number,
    options: Options,
  ): void
  /** The loop above, faster; where a measurement asked for one. */
  readonly kernel?: Kernel<Options>
  /** The same rule as ops on one parameter; gives the next parameter and slots. */
  trace(
    parameter: Tensor,
    gradient: Tensor,
    slots: readonly Tensor[],
    scalars: Readonly<Record<string, Tensor>>,
    options: Options,
  ): { readonly parameter: Tensor; readonly slots: readonly Tensor[] }
}

/** Makes an update rule; its name and options become part of its type. */
export const defineOptimizer = <const Name extends string, Options, Input>(
  optimizer: Optimizer<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Optimizer<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'optimizer'> =>
  part('optimizer', optimizer)
