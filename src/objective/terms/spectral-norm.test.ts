import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { sizeOf } from '../../base/shape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { newTrace } from '../../model/trace.ts'
import { numbersOf, worldOf } from '../../testing/numbers.testing.ts'
import { checkGradient } from '../../testing/probing.ts'
import { spectralNorm } from './spectral-norm.ts'
import { noiseFeeds, parameterFeeds, termTraceOf } from './staging.testing.ts'

/** Largest eigenvalue of Wᵀ·W for W [first, rest], by a thousand power iterations in plain numbers. */
function squaredLargestSingularValue(w: ArrayLike<number>, first: number): number {
  const rest = w.length / first
  const entry = (row: number, column: number) => w[row * rest + column]
  const range = (count: number) => Array.from({ length: count }, (_, i) => i)
  const dot = (a: number[], b: (i: number) => number) => a.reduce((total, x, i) => total + x * b(i), 0)
  let v = range(rest).map((i) => 1 + i / 7)
  let value = 0
  for (let i = 0; i < 1000; i++) {
    const image = range(first).map((row) => dot(v, (column) => entry(row, column)))
    const back = range(rest).map((column) => dot(image, (row) => entry(row, column)))
    value = Math.sqrt(dot(back, (j) => back[j]))
    v = back.map((x) => x / value)
  }
  return value
}

/** A decoder of one array of each rank, and a part that is no decoder. */
function stage(options: Partial<Parameters<typeof spectralNorm.formula>[0]> = {}) {
  const trace = newTrace()
  const declare = trace.layers('decoder')('layer')
  declare('bias', [5], 1)
  declare('weight', [5, 4], 1)
  declare('kernel', [3, 2, 2, 2], 1)
  trace.layers('encoder')('layer')('weight', [2, 3], 1)
  const parsed = z.parse(spectralNorm.options, options)
  const value = spectralNorm.loss?.(termTraceOf(trace), parsed) as Tensor
  const feeds = { ...parameterFeeds(trace), ...noiseFeeds(trace) }
  const exact = (name: string, first: number) => squaredLargestSingularValue(feeds[name].data, first)
  return { trace, value, feeds, exact }
}

const valueAt = async (options: Parameters<typeof stage>[0]): Promise<number> => {
  const { value, feeds } = stage(options)
  return (await numbersOf({ value }, feeds)).value[0]
}

describe('spectral-norm', () => {
  test('converges to the squared largest singular values of matrices and kernels, without biases', async () => {
    const { exact } = stage()
    const wanted = exact('decoder.layer.weight', 5) + exact('decoder.layer.kernel', 3)
    expect(await valueAt({ iterations: 100 })).toBeCloseTo(wanted, 9)
    const encoder = exact('encoder.layer.weight', 2)
    expect(await valueAt({ iterations: 100, part: 'encoder' })).toBeCloseTo(encoder, 9)
    expect(await valueAt({ iterations: 100, part: 'all' })).toBeCloseTo(wanted + encoder, 9)
  })

  test('comes from below, and closer with every iteration', async () => {
    const values = [await valueAt({ iterations: 1 }), await valueAt({}), await valueAt({ iterations: 100 })]
    expect(values[0]).toBeLessThan(values[1])
    expect(values[1]).toBeLessThan(values[2])
    expect(values[1] / values[2]).toBeGreaterThan(0.9)
  })

  test('its gradient matches central differences, through the iteration', async () => {
    const { trace, value, feeds } = stage({ part: 'all' })
    const weights = trace.parameters.filter(({ shape }) => shape.length > 1)
    const { 'decoder.layer.bias': _, ...used } = feeds
    const leaves = weights.map(({ tensor }) => tensor)
    const names = weights.map(({ name }) => name)
    const check = await checkGradient(value, names, leaves, used)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })

  test('weights of all zeros give 0 and not NaN', async () => {
    const { trace, value, feeds } = stage()
    const zeros = trace.parameters.map(({ name, shape }) => [
      name,
      { data: new Float64Array(sizeOf(shape)), shape },
    ])
    expect((await numbersOf({ value }, { ...feeds, ...Object.fromEntries(zeros) })).value).toEqual([0])
  })

  test('on a model it is about the weights of the decoder', async () => {
    const { world, value } = worldOf({ term: 'spectral-norm', weight: 1, iterations: 100 })
    const weights = world.parameters.filter(({ part, shape }) => part === 'decoder' && shape.length > 1)
    const wanted = weights.map(({ name, shape: [first] }) =>
      squaredLargestSingularValue(world.feeds[name].data, first),
    )
    expect(weights.length).toBe(2)
    const got = (await numbersOf({ value }, world.feeds)).value[0]
    expect(got).toBeCloseTo(wanted[0] + wanted[1], 6)
  })
})
