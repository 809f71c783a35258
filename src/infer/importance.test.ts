import { describe, expect, test } from 'vitest'
import { takeRows } from '../base/arrays.ts'
import { referenceEngine } from '../engine/reference.ts'
import { importanceWeights } from './importance.ts'
import { example, gaussianModel, linearRows, linearValues, trueLosses } from './linear-gaussian.testing.ts'

const { x } = linearRows(7)
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** log wₖ − log p(x) of the first row, under a posterior that is off. */
async function errors(samples: number, seed = 5): Promise<Float64Array> {
  const request = {
    count: 1,
    read: async (positions: Uint32Array) => takeRows(x, positions),
    values: linearValues({ offset: 0.2, widen: 1.5 }),
    samples,
    seed,
  }
  const all: number[] = []
  for await (const { values } of importanceWeights(referenceEngine, gaussianModel, example, request))
    for (const value of values) all.push(value + trueLosses(x)[0])
  return Float64Array.from(all)
}

test('weights have the mean p(x), within four standard errors', async () => {
  const ratios = Array.from(await errors(4000), Math.exp)
  const deviation = Math.sqrt(average(ratios.map((ratio) => (ratio - 1) ** 2)) / ratios.length)
  expect(deviation).toBeGreaterThan(0.001)
  expect(Math.abs(average(ratios) - 1)).toBeLessThan(4 * deviation)
})

describe('draws', () => {
  /** Log-weights of `count` examples that are all the same row, so that only their draws tell them apart. */
  const collect = async (samples: number, count = 7) => {
    const found: number[][] = Array.from({ length: count }, () => [])
    const pieces = importanceWeights(referenceEngine, gaussianModel, example, {
      count,
      samples,
      values: linearValues({ offset: 0.2 }),
      seed: 3,
      read: async (positions) => takeRows(x, new Uint32Array(positions.length)),
    })
    for await (const { first, examples, values } of pieces)
      values.forEach((value, i) => {
        found[first + Math.floor(i / (values.length / examples))].push(value)
      })
    return found
  }

  test.each([1, 3, 300, 999, 1001])('every example gets exactly %i of its own', async (samples) => {
    const found = await collect(samples)
    expect(found.map((own) => own.length)).toEqual(new Array(7).fill(samples))
    expect(new Set(found.flat()).size).toBe(7 * samples)
  })

  test('do not depend on how many other examples there are', async () => {
    const [many, few] = [await collect(300), await collect(300, 2)]
    few.forEach((own, i) => {
      own.forEach((value, k) => {
        expect(value).toBeCloseTo(many[i][k], 10)
      })
    })
  })

  test('another seed gives others', async () => {
    expect(await errors(10, 1)).not.toEqual(await errors(10, 2))
  })

  test('stop at a signal', async () => {
    const controller = new AbortController()
    const request = { count: 2, samples: 3000, values: linearValues(), seed: 0, signal: controller.signal }
    const pieces = importanceWeights(referenceEngine, gaussianModel, example, {
      ...request,
      read: async (positions) => takeRows(x, positions),
    })
    await pieces.next()
    controller.abort()
    await expect(pieces.next()).rejects.toThrow('aborted')
  })
})
