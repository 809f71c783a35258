import { describe, expect, test } from 'vitest'
import { fillNormal, normalQuantile } from '../base/random.ts'
import { klSplit } from './kl-split.ts'

const drawn = (count: number, step: number): Float32Array =>
  fillNormal(new Float32Array(count), { seed: 3, stream: 1, step })

const split = (
  means: readonly number[],
  variance: number,
  latent: number,
  changes: Partial<Parameters<typeof klSplit>[0]> = {},
) =>
  klSplit({
    posteriors: {
      means: Float64Array.from(means),
      logVariances: new Float64Array(means.length).fill(Math.log(variance)),
    },
    latent,
    seed: 0,
    ...changes,
  })

/** The middles of `count` equally likely parts of N(0, 1 − variance): with posteriors around them, q(z) is N(0, 1). */
const quantiles = (count: number, variance: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.sqrt(1 - variance) * normalQuantile((i + 0.5) / count))

const parts = ({
  indexCodeMutualInformation,
  totalCorrelation,
  dimensionWiseKl,
}: Awaited<ReturnType<typeof klSplit>>) =>
  [indexCodeMutualInformation, totalCorrelation, dimensionWiseKl ?? Number.NaN] as const

describe('closed forms', () => {
  test('equal posteriors tell nothing of their example, and nothing of each other', async () => {
    const [mean, variance] = [0.7, 0.3]
    const found = await split(new Array(60).fill(mean), variance, 2)
    const kl = variance + mean ** 2 - 1 - Math.log(variance)
    expect(found.kl).toBeCloseTo(kl, 12)
    const [information, correlation, dimensions] = parts(found)
    expect(information).toBeCloseTo(0, 12)
    expect(correlation).toBeCloseTo(0, 12)
    expect(dimensions).toBeCloseTo(kl, 12)
    expect(found.aggregateGap).toBeCloseTo(kl, 12)
    expect(found.saturated).toBe(false)
  })

  test('far posteriors tell all: log of how many there are, and no more', async () => {
    const found = await split([-60, -20, 20, 60], 1, 1)
    expect(found.indexCodeMutualInformation).toBeCloseTo(Math.log(4), 10)
    expect(found.mutualInformationBound).toBeCloseTo(Math.log(4), 12)
    expect(found.saturated).toBe(true)
    expect(found.totalCorrelation).toBeCloseTo(0, 10)
  })

  test('a factorized aggregate that is the prior: all of the KL is information', async () => {
    const variance = 0.3
    const axis = quantiles(40, variance)
    const found = await split(
      axis.flatMap((a) => axis.flatMap((b) => [a, b])),
      variance,
      2,
    )
    const [information, correlation, dimensions] = parts(found)
    // A channel of two Gaussian dimensions: ½ log 1/σ² each.
    expect(information).toBeCloseTo(-Math.log(variance), 1)
    expect(Math.abs(information + Math.log(variance))).toBeLessThan(0.03)
    expect(Math.abs(correlation)).toBeLessThan(1e-10)
    expect(Math.abs(dimensions)).toBeLessThan(0.01)
  })

  test('correlated Gaussian codes: TC = −½ log(1 − ρ²), within its error and the chance in 4,000 means', async () => {
    const [variance, correlation] = [0.2, 0.75]
    const [shared, noise] = [drawn(4000, 1), drawn(4000, 2)]
    const scale = Math.sqrt(1 - variance)
    const inner = correlation / (1 - variance)
    const means = Array.from(shared, (a, i) => [
      scale * a,
      scale * (inner * a + Math.sqrt(1 - inner ** 2) * noise[i]),
    ])
    const found = await split(means.flat(), variance, 2)
    const truth = -0.5 * Math.log(1 - correlation ** 2)
    expect(Math.abs(found.totalCorrelation - truth)).toBeLessThan(0.04)
    expect(found.dimensionWiseKl).toBeLessThan(0.01)
    expect(found.standardErrors.totalCorrelation).toBeLessThan(0.02)
  })
})

describe('whatever the posteriors', () => {
  const means = Array.from(drawn(300, 3), (value) => 1.5 * value)

  test('the parts add up to the closed-form KL; the gap is what is not information', async () => {
    const logVariances = Float64Array.from(drawn(300, 4))
    const posteriors = { means: Float64Array.from(means), logVariances }
    const found = await split(means, 1, 3, { posteriors })
    const kl =
      means.reduce((sum, mean, i) => sum + Math.exp(logVariances[i]) + mean ** 2 - logVariances[i] - 1, 0) /
      200
    const [information, correlation, dimensions] = parts(found)
    expect(found.kl).toBeCloseTo(kl, 10)
    expect(information + correlation + dimensions).toBeCloseTo(kl, 10)
    expect(found.aggregateGap).toBeCloseTo(kl - information, 10)
    expect([found.examples, found.draws]).toEqual([100, 5000])
    for (const part of [information, correlation, dimensions]) expect(part).toBeGreaterThan(-0.01)
  })

  test('other draws change a part by about its standard error', async () => {
    const found = await Promise.all(Array.from({ length: 12 }, (_, seed) => split(means, 0.4, 3, { seed })))
    const values = found.map(({ totalCorrelation }) => totalCorrelation)
    const center = values.reduce((a, b) => a + b, 0) / values.length
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / 11)
    const { totalCorrelation: error } = found[0].standardErrors
    expect(spread).toBeGreaterThan(error / 2.5)
    expect(spread).toBeLessThan(error * 2)
  })

  test('a prior that is no product leaves two parts, the gap, and the KL at the draws', async () => {
    const wide = async (codes: Float64Array) => {
      const all = new Float64Array(codes.length / 3)
      codes.forEach((z, i) => {
        all[Math.floor(i / 3)] -= 0.5 * (z ** 2 / 4 + Math.log(8 * Math.PI))
      })
      return all
    }
    const found = await split(means, 0.4, 3, { priorLogDensity: wide })
    expect(found.dimensionWiseKl).toBeNull()
    expect(found.standardErrors.dimensionWiseKl).toBeNull()
    expect(found.indexCodeMutualInformation + found.aggregateGap).toBeCloseTo(found.kl, 10)
    // KL(N(μ, 0.4) ‖ N(0, 4)) of each dimension.
    const kl = means.reduce((sum, mean) => sum + (0.4 + mean ** 2) / 8 - 0.5 - 0.5 * Math.log(0.1), 0) / 100
    expect(found.kl).toBeCloseTo(kl, 1)
  })

  test('repeats itself, and stops at a signal', async () => {
    expect(await split(means, 0.4, 3)).toEqual(await split(means, 0.4, 3))
    await expect(split(means, 0.4, 3, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  })
})
