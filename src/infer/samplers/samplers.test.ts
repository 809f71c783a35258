import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { fillNormal, fillUniform, streams } from '../../base/random.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { type ExampleType, traceAutoencoder } from '../../model/autoencoder.ts'
import { modelSchema } from '../../model/spec.ts'
import { newTrace } from '../../model/trace.ts'
import { relativeDifference } from '../../testing/probing.ts'
import { toyLearning } from '../../testing/toy-learning.ts'
import { allSamplers } from './index.ts'
import { priorProgram } from './prior.ts'
import type { KnownCodes, PriorComponents } from './sampler.ts'

const samplerOf = (name: string) => allSamplers.find((sampler) => sampler.name === name)!
const drawFrom = async (name: string, known: KnownCodes, count: number, seed = 0) =>
  await (await samplerOf(name).prepare(known))(count, seed)

const float64 = (shape: readonly number[], values: readonly number[]): NDArray => ({
  data: Float64Array.from(values),
  shape,
})

/** Mean and covariance [latent × latent] of codes. */
function momentsOf({ data, shape: [count, latent] }: NDArray) {
  const mean = Array.from({ length: latent }, (_, d) => {
    let sum = 0
    for (let row = 0; row < count; row++) sum += data[row * latent + d]
    return sum / count
  })
  const covariance = mean.map((a, i) =>
    mean.map((b, j) => {
      let sum = 0
      for (let row = 0; row < count; row++) sum += (data[row * latent + i] - a) * (data[row * latent + j] - b)
      return sum / count
    }),
  )
  return { mean, covariance }
}

function expectNear(got: readonly number[], wanted: readonly number[], tolerance: number): void {
  got.forEach((x, i) => {
    expect(Math.abs(x - wanted[i])).toBeLessThan(tolerance)
  })
}

/** Two components: 0.25 · N((−2, 1), diag(0.25, 4)) + 0.75 · N((2, 0), diag(1, 0.01)). */
const components: PriorComponents = {
  mean: float64([2, 2], [-2, 1, 2, 0]),
  logVariance: float64([2, 2], [0.25, 4, 1, 0.01].map(Math.log)),
  logWeight: float64([2], [0.25, 0.75].map(Math.log)),
}

/** Codes with a mean, and covariance between dimensions. */
const correlated = (count: number): NDArray => {
  const data = fillNormal(new Float32Array(count * 2), { seed: 4, stream: 1, step: 0 })
  for (let row = 0; row < count; row++) {
    const [a, b] = data.subarray(2 * row, 2 * row + 2)
    data[2 * row] = 3 + a
    data[2 * row + 1] = -1 + 0.9 * a + 0.3 * b
  }
  return { data, shape: [count, 2] }
}
const learn = toyLearning(referenceEngine, 2, 3)
const bare: KnownCodes = { latent: 2, hasPrior: true, learn }
const known: KnownCodes = { ...bare, codes: correlated(2000) }

describe('prior', () => {
  test('N(0, I) is the prior’s own stream of normals', async () => {
    const { data, shape } = await drawFrom('prior', known, 5, 9)
    expect(shape).toEqual([5, 2])
    expect(data).toEqual(fillNormal(new Float32Array(10), { seed: 9, stream: streams.prior, step: 0 }))
  })

  test('a mixture has the moments of its components', async () => {
    const { mean, covariance } = momentsOf(await drawFrom('prior', { ...bare, prior: components }, 40_000))
    expectNear(mean, [0.25 * -2 + 0.75 * 2, 0.25], 0.05)
    const between = 0.25 * 0.75
    expectNear(covariance[0], [0.25 * 0.25 + 0.75 + between * 16, between * -4], 0.08)
    expectNear(covariance[1], [between * -4, 0.25 * 4 + 0.75 * 0.01 + between], 0.05)
  })

  test('refuses a model whose codes are not drawn', async () => {
    await expect(
      drawFrom('prior', { ...known, hasPrior: false }, 1),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: samples from the prior of a model whose codes nothing held to one; wanted a model whose codes were held near a prior. Fix: sample from its codes (--from gmm or --from aggregate), or train with --objective vae. [infer/no-prior]]`,
    )
  })
})

describe('gmm', () => {
  test('has the moments of the codes', async () => {
    const wanted = momentsOf(known.codes!)
    const { mean, covariance } = momentsOf(await drawFrom('gmm', known, 40_000))
    expectNear(mean, wanted.mean, 0.03)
    expectNear(covariance.flat(), wanted.covariance.flat(), 0.05)
  })

  test('finds groups, and leaves out what lies between', async () => {
    const { data } = correlated(2000)
    const codes = {
      data: data.map((x: number, i: number) => (Math.floor(i / 2) % 3 === 0 ? x + 40 : x)),
      shape: [2000, 2],
    }
    const { data: drawn } = await drawFrom('gmm', { ...known, codes }, 3000)
    const firsts = Array.from(drawn).filter((_, i) => i % 2 === 0)
    expect(firsts.filter((x) => x > 10 && x < 35)).toEqual([])
    expect(firsts.filter((x) => x >= 35).length / 3000).toBeCloseTo(1 / 3, 1)
  })

  test.each([1, 2, 7])('works with %i codes', async (count) => {
    const { data } = await drawFrom('gmm', { ...known, codes: correlated(count) }, 100)
    expect(data.every(Number.isFinite)).toBe(true)
    expect(new Set(data).size).toBeGreaterThan(count === 1 ? 1 : 100)
  })
})

describe('aggregate', () => {
  const codes = float64([5, 2], [0, 0, 1, 10, 2, 20, 3, 30, 4, 40])
  const rowsOf = async (count: number, seed = 0) => {
    const { data } = await drawFrom('aggregate', { ...bare, codes }, count, seed)
    return Array.from(data).filter((_, i) => i % 2 === 0)
  }

  test('gives whole codes, each once before any comes back', async () => {
    const { data, shape } = await drawFrom('aggregate', { ...bare, codes }, 13)
    expect(shape).toEqual([13, 2])
    const rows = Array.from({ length: 13 }, (_, i) => data[2 * i])
    rows.forEach((first, i) => {
      expect(data[2 * i + 1]).toBe(10 * first)
    })
    expect(rows.slice(0, 5).sort()).toEqual([0, 1, 2, 3, 4])
    expect(rows.slice(5, 10).sort()).toEqual([0, 1, 2, 3, 4])
    expect(new Set(rows.slice(10)).size).toBe(3)
  })

  test('is shuffled anew at every pass', async () => {
    const rows = await rowsOf(50)
    const passes = Array.from({ length: 10 }, (_, i) => rows.slice(5 * i, 5 * i + 5).join())
    expect(new Set(passes).size).toBeGreaterThan(5)
  })
})

/** What is known where codes are two bits. */
const bits: KnownCodes = {
  ...known,
  codes: float64(
    [60, 2],
    Array.from({ length: 120 }, (_, i) => Math.floor(i / 7) % 2),
  ),
  learn: toyLearning(referenceEngine, 2, 3, 'bits'),
}

describe.each(allSamplers)('$name', ({ name, summary, space }) => {
  const plain = space === 'discrete' ? bits : known
  const sources: KnownCodes[] = name === 'prior' ? [plain, { ...plain, prior: components }] : [plain]

  test('is a function of count and seed, and more codes begin with the same ones', async () => {
    for (const source of sources) {
      const { data: five } = await drawFrom(name, source, 5, 3)
      expect(five).toEqual((await drawFrom(name, source, 5, 3)).data)
      expect(five).toEqual((await drawFrom(name, source, 50, 3)).data.subarray(0, 10))
      expect(five).not.toEqual((await drawFrom(name, source, 5, 4)).data)
    }
  })

  test('says what it is', () => {
    expect(summary.length).toBeGreaterThan(10)
  })
})

test.each(['gmm', 'aggregate', 'maf', 'iaf', 'two-stage', 'autoregressive', 'uniform'])(
  '%s says what to do where a model came without codes',
  async (name) => {
    await expect(drawFrom(name, bare, 1)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a model that was written without codes of its training examples; wanted codes, which training keeps with a model. Fix: sample from the prior (--from prior), or train the model again. [infer/no-codes]]`,
    )
    const unheld = { ...bare, hasPrior: false }
    await expect(drawFrom(name, unheld, 1)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a model that was written without codes of its training examples; wanted codes, which training keeps with a model. Fix: train the model again. [infer/no-codes]]`,
    )
  },
)

describe('priorProgram', () => {
  const example: ExampleType = { shape: [6], dtype: 'float32', scaleShape: [] }
  const specOf = (prior: string) =>
    modelSchema.parse({
      architecture: { name: 'mlp', hidden: [5], activation: 'tanh' },
      latent: { size: 3 },
      prior: prior === 'standard' ? { name: prior } : { name: prior, components: 4 },
    })

  test('is nothing where the prior is N(0, I)', () => {
    expect(priorProgram(specOf('standard'), example)).toBeUndefined()
  })

  test.each(['mixture', 'vamp'])('gives the components of %s, the same on engines', async (name) => {
    const trace = newTrace()
    traceAutoencoder(specOf(name), example, 2, {}, trace)
    const constants = Object.fromEntries(
      trace.parameters.map(({ name: key, shape }, step) => [
        key,
        {
          data: fillUniform(
            new Float32Array(shape.reduce((a, b) => a * b, 1)),
            { seed: 1, stream: 1, step },
            -1,
            1,
          ),
          shape,
        },
      ]),
    )
    const traced = priorProgram(specOf(name), example)!
    using exact = await referenceEngine.load(traced, { constants })
    const native = await nativeEngine({ threads: 1 })
    using fast = await native.load(traced, { constants })
    const [wanted, got] = [await exact.run({}), await fast.run({})]
    expect(Object.keys(wanted)).toEqual(['mean', 'logVariance', 'logWeight'])
    expect(wanted.mean.shape).toEqual([4, 3])
    expect(Array.from(wanted.logWeight.data, Math.exp).reduce((a, b) => a + b)).toBeCloseTo(1, 10)
    for (const key of Object.keys(wanted))
      expect(relativeDifference(got[key], wanted[key])).toBeLessThan(native.tolerance)
    const { mean, logVariance, logWeight } = got
    const codes = await drawFrom(
      'prior',
      { latent: 3, hasPrior: true, learn, prior: { mean, logVariance, logWeight } },
      9,
    )
    expect(codes.data.every(Number.isFinite)).toBe(true)
  })
})
