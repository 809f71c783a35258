import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { fillNormal, fillUniform } from '../../base/random.ts'
import { sizeOf } from '../../base/shape.ts'
import type { Feeds } from '../../engine/engine.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import { type Program, program } from '../../graph/program.ts'
import { checkGradient, relativeDifference, weighted } from '../../testing/probing.ts'
import { type ExampleType, traceAutoencoder, tracePrior, traceStatistics } from '../autoencoder.ts'
import { allLatents } from '../distributions/index.ts'
import { initialValues } from '../parameters.ts'
import { type ModelSpec, modelSchema } from '../spec.ts'
import { newTrace } from '../trace.ts'
import { allPriors } from './index.ts'

const native = await nativeEngine({ threads: 1 })
const LOG_TWO_PI = Math.log(2 * Math.PI)
const example: ExampleType = { shape: [2, 3], dtype: 'float32', scaleShape: [] }

const specOf = (prior: ModelSpec['prior'], size = 3): ModelSpec =>
  modelSchema.parse({
    architecture: { name: 'mlp', hidden: [5], activation: 'tanh' },
    latent: { size },
    prior,
    // Both numbers of it are drawn.
    ...(prior.name === 'conditional' && { condition: [{ name: 'label', levels: [0, 1] }] }),
  })

const matrix = (shape: readonly number[], values: readonly number[]): NDArray => ({
  data: Float64Array.from(values),
  shape,
})
const drawn = (shape: readonly number[], step: number, bound = 0.9): NDArray => ({
  data: fillUniform(new Float32Array(sizeOf(shape)), { seed: 7, stream: 1, step }, -bound, bound),
  shape,
})

/** log p(z) of codes under a prior, with all that it depends on. */
function densityOf(prior: ModelSpec['prior'], rows: number, size = 3) {
  const spec = specOf(prior, size)
  const trace = newTrace()
  const z = input('z', [rows, size])
  const logDensity = tracePrior(spec, example, trace).logDensity(z)
  const values: Feeds = Object.fromEntries(
    trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i)]),
  )
  return { z, logDensity, parameters: trace.parameters, values }
}

async function run(traced: Program, feeds: Feeds, engine = referenceEngine) {
  using executable = await engine.load(traced)
  return await executable.run(Object.fromEntries(traced.inputs.map(({ name }) => [name, feeds[name]])))
}

/** log Σₖ πₖ N(z; μₖ, diag vₖ), written down once more. */
function logMixture(
  z: readonly number[],
  weights: readonly number[],
  means: readonly number[][],
  variances: readonly number[][],
): number {
  const densities = weights.map((weight, k) =>
    z.reduce(
      (density, x, d) =>
        (density * Math.exp(-((x - means[k][d]) ** 2) / (2 * variances[k][d]))) /
        Math.sqrt(2 * Math.PI * variances[k][d]),
      weight,
    ),
  )
  return Math.log(densities.reduce((a, b) => a + b))
}

/** What `boundLogVariance` maps to a log-variance. */
const unbound = (logVariance: number): number => logVariance / Math.sqrt(1 - (logVariance / 20) ** 2)

const weights = [0.2, 0.5, 0.3]
const means = [
  [0, 1],
  [-1.5, 0.5],
  [2, -1],
]
const variances = [
  [1, 0.3],
  [0.5, 2],
  [0.2, 0.7],
]
const flat = (rows: readonly number[][]) => rows.flat()
const mixtureValues: Feeds = {
  'prior.means': matrix([3, 2], flat(means)),
  'prior.logVariances': matrix(
    [3, 2],
    flat(variances).map((v) => unbound(Math.log(v))),
  ),
  // Logits are log-weights up to a constant.
  'prior.logits': matrix(
    [3],
    weights.map((weight) => Math.log(weight) + 4),
  ),
}

describe('the log-density', () => {
  test('of a mixture is its closed form', async () => {
    const { logDensity } = densityOf({ name: 'mixture', components: 3 }, 4, 2)
    const codes = [
      [0, 0],
      [1, -2],
      [-3, 0.5],
      [9, 9],
    ]
    const { value } = await run(program('p', { value: logDensity }), {
      ...mixtureValues,
      z: matrix([4, 2], flat(codes)),
    })
    for (const [row, z] of codes.entries())
      expect(value.data[row]).toBeCloseTo(logMixture(z, weights, means, variances), 10)
  })

  test('of one component N(0, I) is that of the standard prior', async () => {
    const one = densityOf({ name: 'mixture', components: 1 }, 5)
    const standard = densityOf({ name: 'standard' }, 5)
    const zeros = Object.fromEntries(
      one.parameters.map(({ name, shape }) => [name, matrix(shape, new Array(sizeOf(shape)).fill(0))]),
    )
    const feeds = { ...zeros, z: drawn([5, 3], 1, 3) }
    const { value } = await run(program('p', { value: one.logDensity }), feeds)
    const { wanted } = await run(program('p', { wanted: standard.logDensity }), feeds)
    expect(relativeDifference(value, wanted)).toBeLessThan(1e-14)
    const [a, b, c] = feeds.z.data
    expect(wanted.data[0]).toBeCloseTo(-0.5 * (a * a + b * b + c * c + 3 * LOG_TWO_PI), 10)
  })

  test.each([{ likelihood: 'bernoulli' }, { likelihood: 'gaussian' }])(
    'of a VampPrior is that of its pseudo-inputs’ posteriors ($likelihood)',
    async ({ likelihood }) => {
      const spec = { ...specOf({ name: 'vamp', components: 4 }), likelihood: { name: likelihood } }
      const trace = newTrace()
      const z = input('z', [6, 3])
      const logDensity = tracePrior(spec, example, trace).logDensity(z)
      const posteriors = traceStatistics(spec, input('u', [4, 2, 3]), trace)
      const values = Object.fromEntries(
        trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i, 2)]),
      )
      const raw = values['prior.pseudoInputs']
      const shown = likelihood === 'bernoulli' ? raw.data.map((x) => 1 / (1 + Math.exp(-x))) : raw.data
      const feeds = { ...values, z: drawn([6, 3], 50, 2), u: { data: shown, shape: raw.shape } }
      const { value, mean, logVariance } = await run(
        program('p', { value: logDensity, mean: posteriors.mean, logVariance: posteriors.logVariance }),
        feeds,
      )
      const rows = ({ data }: NDArray, f = (x: number) => x) =>
        Array.from({ length: data.length / 3 }, (_, i) => Array.from(data.subarray(3 * i, 3 * i + 3), f))
      const wanted = rows(feeds.z).map((code) =>
        logMixture(code, new Array(4).fill(1 / 4), rows(mean), rows(logVariance, Math.exp)),
      )
      for (const [row, nats] of wanted.entries()) expect(value.data[row]).toBeCloseTo(nats, 5)
    },
  )

  test.each([1, 2])('of a mixture integrates to 1 in %i dimensions', async (size) => {
    const side = 161
    const width = 0.1
    const rows = side ** size
    const { logDensity, values } = densityOf({ name: 'mixture', components: 3 }, rows, size)
    const grid = Float64Array.from({ length: rows * size }, (_, i) => {
      const place = size === 1 ? i : i % 2 === 0 ? Math.floor(i / 2 / side) : Math.floor(i / 2) % side
      return (place - (side - 1) / 2) * width
    })
    const { value } = await run(program('p', { value: logDensity }), {
      ...values,
      z: { data: grid, shape: [rows, size] },
    })
    const total = Array.from(value.data, Math.exp).reduce((a, b) => a + b)
    expect(total * width ** size).toBeCloseTo(1, 6)
  })
})

/** Small options of every prior over Euclidean codes that learns. */
const learned = allPriors
  .filter(({ name, space }) => !['standard', 'student-t'].includes(name) && space === undefined)
  .map((prior) => ({
    name: prior.name,
    small: prior.isConditional
      ? { hidden: [4], activation: 'tanh' }
      : prior.components
        ? { components: 3 }
        : prior.name === 'iaf'
          ? { priorSteps: 2, priorHidden: 4 }
          : { steps: 2, hidden: 4 },
  }))

describe.each(learned)('$name', ({ name, small }) => {
  const { z, logDensity, parameters, values } = densityOf({ name, ...small }, 4)
  const scalar = weighted(logDensity)
  const leaves = [z, ...parameters.map(({ tensor }) => tensor)]
  const used = program('p', { scalar }).inputs.map((given) => given.name)
  const feeds = Object.fromEntries(
    Object.entries({ ...values, z: drawn([4, 3], 40, 2), condition: drawn([4, 2], 41) }).filter(([key]) =>
      used.includes(key),
    ),
  )

  test('its gradient matches central differences', async () => {
    const exact = Object.fromEntries(
      Object.entries(feeds).map(([key, { data, shape }]) => [key, { data: Float64Array.from(data), shape }]),
    )
    const moved = used.filter((key) => key !== 'condition')
    const check = await checkGradient(scalar, moved, leaves, exact)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })

  test('float32 agrees with float64', async () => {
    const slopes = gradient(
      scalar,
      leaves.filter(({ attributes }) => used.includes(String(attributes.name))),
    )
    const traced = program('p', { scalar, ...Object.fromEntries(slopes.map((slope, i) => [`d${i}`, slope])) })
    const wanted = await run(traced, feeds)
    const got = await run(traced, feeds, native)
    for (const key of Object.keys(wanted))
      expect(relativeDifference(got[key], wanted[key])).toBeLessThan(native.tolerance)
  })

  test('what is learned starts apart', async () => {
    const { parameters: declared } = densityOf({ name }, 1)
    const prior = declared.filter(({ part }) => part === 'prior')
    const start = prior.find(({ bound }) => bound > 0)!
    const startValues = initialValues(start, 0, 0)
    expect(new Set(startValues).size).toBe(startValues.length)
    if ('components' in small) expect(Math.max(...startValues) - Math.min(...startValues)).toBeGreaterThan(2)
  })
})

describe('the KL, estimated at draws', () => {
  const BATCH = 1
  /** One example, `draws` codes, and a prior of one component. */
  async function logRatios(draws: number, prior: (posterior: Feeds) => Feeds) {
    const spec = specOf({ name: 'mixture', components: 1 })
    const trace = newTrace()
    const { logRatio, posterior } = traceAutoencoder(spec, example, BATCH, { draws }, trace)
    const feeds: Feeds = {
      ...Object.fromEntries(trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i)])),
      x: drawn([BATCH, 2, 3], 60),
      'data.shift': matrix([], [0]),
      'data.scale': matrix([], [1]),
      noise: {
        data: fillNormal(new Float32Array(draws * 3), { seed: 3, stream: 2, step: 0 }),
        shape: [draws, 3],
      },
    }
    const statistics = await run(program('q', { ...posterior.statistics }), feeds)
    const { value } = await run(program('kl', { value: logRatio! }), { ...feeds, ...prior(statistics) })
    return { ratios: Array.from(value.data), statistics }
  }

  test('is 0 against a prior that is the posterior itself', async () => {
    const { ratios } = await logRatios(50, ({ mean, logVariance }) => ({
      'prior.means': { ...mean, shape: [1, 3] },
      'prior.logVariances': matrix([1, 3], Array.from(logVariance.data, unbound)),
    }))
    for (const nats of ratios) expect(Math.abs(nats)).toBeLessThan(1e-12)
  })

  test('has the closed form between two Gaussians as its mean, within four standard errors', async () => {
    const own = { mean: [0.5, -1, 0.2], logVariance: [0.4, -0.8, 1] }
    const { ratios, statistics } = await logRatios(4000, () => ({
      'prior.means': matrix([1, 3], own.mean),
      'prior.logVariances': matrix([1, 3], own.logVariance.map(unbound)),
    }))
    const wanted = own.mean.reduce((sum, priorMean, d) => {
      const [mean, logVariance] = [statistics.mean.data[d], statistics.logVariance.data[d]]
      const spread = Math.exp(logVariance) + (mean - priorMean) ** 2
      return sum + 0.5 * (own.logVariance[d] - logVariance + spread / Math.exp(own.logVariance[d]) - 1)
    }, 0)
    const estimate = ratios.reduce((a, b) => a + b) / ratios.length
    const error = Math.sqrt(ratios.reduce((sum, x) => sum + (x - estimate) ** 2, 0)) / ratios.length
    expect(error).toBeGreaterThan(0.001)
    expect(wanted).toBeGreaterThan(0.3)
    expect(Math.abs(estimate - wanted)).toBeLessThan(4 * error)
  })
})

describe('a prior over a latent that lacks what it needs', () => {
  const over = (latent: string, name: string) => () =>
    tracePrior({ ...specOf({ name }), latent: { name: latent, size: 3, draws: 1 } }, example, newTrace())

  test('is refused: N(0, I) is over any, a mixture over codes that are drawn, a VampPrior over Gaussians', () => {
    const refused = allPriors
      .filter(({ space }) => space === undefined)
      .map(({ name }) => [
        name,
        allLatents
          .filter(({ space }) => space === undefined)
          .filter((latent) => {
            try {
              over(latent.name, name)()
              return false
            } catch {
              return true
            }
          })
          .map((latent) => latent.name),
      ])
    expect(Object.fromEntries(refused)).toEqual({
      standard: [],
      mixture: ['deterministic'],
      iaf: ['deterministic'],
      vamp: allLatents.filter(({ gaussian, space }) => !gaussian && !space).map(({ name }) => name),
      maf: ['deterministic'],
      'student-t': ['deterministic'],
      conditional: ['deterministic'],
    })
  })

  test('with the fix', () => {
    expect(over('iaf', 'vamp')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the prior "vamp" over the latent "iaf"; wanted a Gaussian posterior. Fix: use --posterior gaussian, or --prior standard. [model/prior-latent]]`,
    )
    expect(over('deterministic', 'mixture')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the prior "mixture" over the latent "deterministic"; wanted a latent with a posterior. Fix: use --posterior gaussian, or --prior standard. [model/prior-latent]]`,
    )
  })
})
