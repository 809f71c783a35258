/** What contract suites share: probe values, and derivatives measured against finite differences. */

import type { NDArray } from '../base/arrays.ts'
import { fillUniform, streams } from '../base/random.ts'
import { sizeOf } from '../base/shape.ts'
import { referenceEngine } from '../engine/reference.ts'
import { gradient } from '../graph/gradient.ts'
import { constant } from '../graph/ops/constant.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import { sum } from '../graph/ops/sum.ts'
import { program } from '../graph/program.ts'
import type { ProbeInput } from '../graph/reference/reference.ts'
import type { Tensor } from '../graph/tensor.ts'

/** Draws a probe's values; `seed` tells probes apart. */
export function probeValues(probe: ProbeInput, seed: number): NDArray {
  const count = sizeOf(probe.shape)
  const drawn = Float64Array.from(
    fillUniform(new Float32Array(count), { seed, stream: streams.evaluation, step: 0 }),
  )
  const { low, high, awayFromZero = 0 } = probe
  const whole = probe.dtype !== undefined && probe.dtype !== 'float32'
  const data = drawn.map((u) => {
    if (whole) return low + Math.floor(u * (high - low + 1))
    const x = low + u * (high - low)
    return Math.abs(x) < awayFromZero ? Math.sign(x || 1) * (awayFromZero + Math.abs(x)) : x
  })
  return { data, shape: probe.shape }
}

export const probeInputs = (inputs: readonly ProbeInput[]): Tensor[] =>
  inputs.map((probe, i) => input(`x${i}`, probe.shape, probe.dtype))

/** A scalar that weighs every entry differently, so that no entry's gradient can hide. */
export function weighted(output: Tensor, seed = 99): Tensor {
  const shape = output.shape as number[]
  const weights = fillUniform(
    new Float32Array(sizeOf(shape)),
    { seed, stream: streams.evaluation, step: 1 },
    0.5,
    1.5,
  )
  return sum(mul(output, constant(Array.from(weights), shape)))
}

/** How far derivatives lie from differences. */
export interface GradientCheck {
  /** Largest difference between analytic and measured derivative, relative to 1 + |derivative|. */
  readonly worst: number
  /** Whether the measured derivatives are neither all zero nor all alike: a constant probe passes anything. */
  readonly probesVary: boolean
}

/** Compares ∂scalar/∂wrt with central differences in float64. */
export async function checkGradient(
  scalar: Tensor,
  wrt: readonly string[],
  inputs: readonly Tensor[],
  feeds: Readonly<Record<string, NDArray>>,
  h = 1e-5,
): Promise<GradientCheck> {
  const leaves = wrt.map((name) => inputs.find((tensor) => tensor.attributes.name === name) as Tensor)
  const derivatives = gradient(scalar, leaves)
  const outputs = Object.fromEntries(derivatives.map((derivative, i) => [`d${i}`, derivative]))
  using value = await referenceEngine.load(program('value', { value: scalar }))
  using analytic = await referenceEngine.load(program('gradient', outputs))
  const got = await analytic.run(feeds)
  let worst = 0
  const measured: number[] = []
  for (const [i, name] of wrt.entries()) {
    const { data, shape } = feeds[name]
    for (let at = 0; at < data.length; at++) {
      const at_ = async (delta: number) => {
        const moved = Float64Array.from(data)
        moved[at] += delta
        return (await value.run({ ...feeds, [name]: { data: moved, shape } })).value.data[0]
      }
      const slope = ((await at_(h)) - (await at_(-h))) / (2 * h)
      measured.push(slope)
      worst = Math.max(worst, Math.abs(slope - got[`d${i}`].data[at]) / (1 + Math.abs(slope)))
    }
  }
  return { worst, probesVary: new Set(measured).size > 1 && measured.some((slope) => Math.abs(slope) > 1e-3) }
}

/** Largest difference between two arrays, relative to the largest magnitude in the second (at least 1). */
export function relativeDifference(a: NDArray, b: NDArray): number {
  const scale = Array.from(b.data).reduce((top, x) => Math.max(top, Math.abs(x)), 1)
  let worst = a.data.length === b.data.length ? 0 : Number.POSITIVE_INFINITY
  for (let i = 0; i < b.data.length; i++) {
    const difference = Math.abs(a.data[i] - b.data[i])
    worst = Math.max(worst, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / scale)
  }
  return worst
}
