import { describe, expect, test } from 'vitest'
import { takeRows } from '../base/arrays.ts'
import { fillUniform } from '../base/random.ts'
import { sizeOf } from '../base/shape.ts'
import type { Feeds } from '../engine/engine.ts'
import { referenceEngine } from '../engine/reference.ts'
import { sumPerExample } from '../graph/functions.ts'
import { constant } from '../graph/ops/constant.ts'
import { input } from '../graph/ops/input.ts'
import { sub } from '../graph/ops/sub.ts'
import { program } from '../graph/program.ts'
import { traceAutoencoder, traceDecoder, tracePrior } from '../model/autoencoder.ts'
import { type ModelSpec, modelSchema } from '../model/spec.ts'
import { newTrace } from '../model/trace.ts'
import { importanceWeights } from './importance.ts'
import { example, gaussianModel, linearRows, linearValues, trueLosses } from './linear-gaussian.testing.ts'

const { x } = linearRows(7)
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** log wₖ − log p(x) of the first row, under a posterior that is off. */
async function errors(samples: number, seed = 5): Promise<Float64Array> {
  const request = {
    count: 1,
    read: async (positions: Uint32Array) => ({ x: takeRows(x, positions) }),
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
      read: async (positions) => ({ x: takeRows(x, new Uint32Array(positions.length)) }),
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

  test('come in pieces that do not grow with their number', async () => {
    const most = async (samples: number) => {
      let greatest = 0
      for await (const { values } of importanceWeights(referenceEngine, gaussianModel, example, {
        count: 2,
        samples,
        values: linearValues(),
        seed: 0,
        read: async (positions) => ({ x: takeRows(x, positions) }),
      }))
        greatest = Math.max(greatest, values.length)
      return greatest
    }
    expect(await most(5000)).toBeLessThanOrEqual(1000)
    expect(await most(400)).toBe(800)
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
      read: async (positions) => ({ x: takeRows(x, positions) }),
    })
    await pieces.next()
    controller.abort()
    await expect(pieces.next()).rejects.toThrow('aborted')
  })
})

describe('under any latent, prior and likelihood', () => {
  const drawnValues = (spec: ModelSpec): Feeds => {
    const trace = newTrace()
    traceAutoencoder(spec, example, 'batch', {}, trace)
    const drawn = trace.parameters.map(({ name, shape }, step) => [
      name,
      { data: fillUniform(new Float32Array(sizeOf(shape)), { seed: 2, stream: 1, step }, -0.8, 0.8), shape },
    ])
    const { 'data.shift': shift, 'data.scale': scale } = linearValues()
    // Wider than the prior, so that weights are bounded and few draws say much.
    const wide = { 'encoder.logVariance.bias': { data: Float64Array.of(2.5, 2.5), shape: [2] } }
    return { ...Object.fromEntries(drawn), ...wide, 'data.shift': shift, 'data.scale': scale }
  }

  /** log p(x) of the first row by summing over a grid of codes, so that no posterior is asked. */
  async function quadrature(spec: ModelSpec, values: Feeds): Promise<number> {
    const [side, width] = [181, 0.1]
    const trace = newTrace()
    const code = input('z', ['batch', 2])
    const row = constant(Array.from(x.data.subarray(0, 4)), [1, 4])
    const nats = sub(
      tracePrior(spec, example, trace).logDensity(code),
      sumPerExample(traceDecoder(spec, example, code, trace).density.negativeLogLikelihood(row)),
    )
    const grid = Float64Array.from(
      { length: side * side * 2 },
      (_, i) => ((i % 2 === 0 ? Math.floor(i / 2 / side) : (i >> 1) % side) - (side - 1) / 2) * width,
    )
    using executable = await referenceEngine.load(program('joint', { nats }), { constants: values })
    const found = await executable.run({ z: { data: grid, shape: [side * side, 2] } })
    return Math.log(Array.from(found.nats.data, Math.exp).reduce((a, b) => a + b) * width ** 2)
  }

  test.each([
    { latent: 'gaussian', prior: { name: 'standard' }, likelihood: { name: 'gaussian', sigma: 1 } },
    { latent: 'iaf', prior: { name: 'standard' }, likelihood: { name: 'gaussian', sigma: 1 } },
    { latent: 'gaussian', prior: { name: 'mixture', components: 3 }, likelihood: { name: 'gaussian' } },
    { latent: 'gaussian', prior: { name: 'vamp', components: 3 }, likelihood: { name: 'gaussian' } },
    { latent: 'iaf', prior: { name: 'mixture', components: 3 }, likelihood: { name: 'squared-error' } },
  ])(
    'weights have the mean p(x): $latent, $prior.name, $likelihood.name',
    async ({ latent, prior, likelihood }) => {
      const spec = modelSchema.parse({
        architecture: { name: 'mlp', hidden: [3], activation: 'tanh' },
        latent: { name: latent, size: 2, ...(latent === 'iaf' ? { hidden: 5, context: 2 } : {}) },
        prior,
        likelihood,
      })
      const values = drawnValues(spec)
      const read = async (positions: Uint32Array) => ({ x: takeRows(x, positions) })
      const all: number[] = []
      const request = { count: 1, read, values, samples: 3000, seed: 5 }
      for await (const piece of importanceWeights(referenceEngine, spec, example, request))
        all.push(...piece.values)
      const omitted = likelihood.name === 'squared-error' ? 4 * 0.5 * Math.log(Math.PI) : 0
      const truth = (await quadrature(spec, values)) - omitted
      const ratios = all.map((nats) => Math.exp(nats - truth))
      const error = Math.sqrt(average(ratios.map((ratio) => (ratio - 1) ** 2)) / ratios.length)
      expect(error).toBeGreaterThan(1e-4)
      expect(error).toBeLessThan(0.05)
      expect(Math.abs(average(ratios) - 1)).toBeLessThan(4 * error)
    },
  )

  test('refuses a latent from which nothing is drawn', async () => {
    const spec = modelSchema.parse({ latent: { name: 'deterministic', size: 2 } })
    const request = { count: 1, read: async () => ({ x }), values: {}, samples: 1, seed: 0 }
    await expect(
      importanceWeights(referenceEngine, spec, example, request).next(),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: importance sampling of a model with a deterministic latent; wanted a model whose codes are drawn from a posterior. Fix: leave --nll out, or train with --objective vae. [infer/no-posterior]]`,
    )
  })
})
