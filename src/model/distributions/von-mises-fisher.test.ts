import { describe, expect, test } from 'vitest'
import { fillNormal } from '../../base/random.ts'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import { sum } from '../../graph/ops/sum.ts'
import { kolmogorovSmirnov } from '../../testing/kolmogorov.testing.ts'
import { average, numbered, numbersOf, standardErrorsFrom } from '../../testing/numbers.testing.ts'
import { logSphereArea } from '../sphere.ts'
import { newTrace } from '../trace.ts'
import { cosineAt, cosineLaw, logFlat } from './cosine-law.ts'
import { vonMisesFisher } from './von-mises-fisher.ts'

/** ∫ f(θ) sin^(n−2) θ dθ from 0 to `end`, by Simpson's rule. */
function overAngles(n: number, f: (cosineBelowOne: number) => number, end = Math.PI): number {
  const COUNT = 20_000
  let total = 0
  for (let i = 0; i <= COUNT; i++) {
    const angle = (i * end) / COUNT
    const weight = i === 0 || i === COUNT ? 1 : i % 2 === 1 ? 4 : 2
    total += weight * Math.sin(angle) ** (n - 2) * f(-2 * Math.sin(angle / 2) ** 2)
  }
  return (total * end) / COUNT / 3
}

const CONCENTRATIONS = [1e-3, 0.5, 7, 100, 3000]

describe.each([2, 3, 11, 60])('on the sphere of %i dimensions', (n) => {
  const kappas = input('kappa', [CONCENTRATIONS.length, 1])
  const feeds = { kappa: numbered(CONCENTRATIONS, CONCENTRATIONS.length, 1) }
  const law = cosineLaw(kappas, n)

  test('the density adds to 1', async () => {
    const { logZ } = await numbersOf({ logZ: law.logZ }, feeds)
    CONCENTRATIONS.forEach((kappa, i) => {
      const whole = overAngles(n, (below) => Math.exp(kappa * below - logZ[i]))
      expect(Math.abs(whole - 1)).toBeLessThan(1e-8)
    })
    // A sphere is made of smaller ones, one for each cosine.
    expect(logFlat(n)).toBeCloseTo(logSphereArea(n) - logSphereArea(n - 1), 10)
  })

  test('the KL to the uniform prior is that of quadrature', async () => {
    const statistics = { mean: input('mean', [CONCENTRATIONS.length, n]), concentration: kappas }
    const kl = vonMisesFisher.kl!(statistics, newTrace().layers('encoder'), {})
    const { kl: found, logZ } = await numbersOf({ kl, logZ: law.logZ }, feeds)
    CONCENTRATIONS.forEach((kappa, i) => {
      const wanted = overAngles(n, (below) => {
        const logDensity = kappa * below - logZ[i]
        return Math.exp(logDensity) * (logDensity + logFlat(n))
      })
      expect(Math.abs(found[i] - wanted)).toBeLessThan(1e-7 * Math.max(1, wanted))
    })
    expect(found[0]).toBeLessThan(1e-6)
  })

  test.each([0.5, 20, 500])('cosines are quantiles of their law (κ = %d)', async (kappa) => {
    const COUNT = 30
    const u = Array.from(
      { length: COUNT },
      (_, i) => [1e-5, (i + 0.3) / COUNT, 1 - 1e-5][i === 0 ? 0 : i === COUNT - 1 ? 2 : 1],
    )
    const own = cosineLaw(input('kappa', [COUNT, 1]), n)
    const { belowOne } = cosineAt(own, input('u', [COUNT, 1]))
    const given = {
      kappa: numbered(
        u.map(() => kappa),
        COUNT,
        1,
      ),
      u: numbered(u, COUNT, 1),
    }
    const found = await numbersOf({ belowOne, logZ: own.logZ }, given)
    for (const [i, below] of found.belowOne.entries()) {
      // The share of smaller cosines is that of greater angles.
      const angle = 2 * Math.asin(Math.sqrt(-below / 2))
      const greater = overAngles(n, (at) => Math.exp(kappa * at - found.logZ[0]), angle)
      expect(Math.abs(1 - greater - u[i])).toBeLessThan(1e-8)
    }
  })
})

describe('codes', () => {
  const COUNT = 1000
  const mean = [0.48, -0.6, 0.64]
  const traced = (kappa: number) => {
    const means = input('mean', [COUNT, 3])
    const concentration = input('kappa', [COUNT, 1])
    const noise = input('noise', [COUNT, 5])
    const layers = newTrace().layers('encoder')
    const drawn = vonMisesFisher.draw({ mean: means, concentration }, noise, layers, {})
    const feeds = {
      mean: numbered(
        Array.from({ length: 3 * COUNT }, (_, i) => mean[i % 3]),
        COUNT,
        3,
      ),
      kappa: numbered(new Array<number>(COUNT).fill(kappa), COUNT, 1),
      noise: numbered(
        Array.from(fillNormal(new Float32Array(5 * COUNT), { seed: 5, stream: 1, step: 0 })),
        COUNT,
        5,
      ),
    }
    return { ...drawn, concentration, feeds }
  }
  const alongMean = (code: readonly number[]) =>
    Array.from({ length: COUNT }, (_, row) => mean.reduce((sum_, x, d) => sum_ + x * code[3 * row + d], 0))

  test.each([1.5, 40])('are unit vectors about their mean, by Kolmogorov–Smirnov (κ = %d)', async (kappa) => {
    const { code: codes, feeds } = traced(kappa)
    const { code } = await numbersOf({ code: codes }, feeds)
    for (let row = 0; row < COUNT; row += 100)
      expect(Math.hypot(...code.slice(3 * row, 3 * row + 3))).toBeCloseTo(1, 10)
    // On the sphere of 3 dimensions: F(w) = (e^κw − e^−κ)/(e^κ − e^−κ).
    const cumulative = (w: number) =>
      (Math.exp(kappa * (w - 1)) - Math.exp(-2 * kappa)) / (1 - Math.exp(-2 * kappa))
    expect(kolmogorovSmirnov(alongMean(code), cumulative)).toBeLessThan(1.95)
    // About the mean every angle is alike.
    const flat = Math.hypot(mean[0], mean[1])
    const across = [-mean[1] / flat, mean[0] / flat, 0]
    const other = [0, 1, 2].map((d) => {
      const [i, j] = [(d + 1) % 3, (d + 2) % 3]
      return mean[i] * across[j] - mean[j] * across[i]
    })
    const angles = Array.from({ length: COUNT }, (_, row) => {
      const own = code.slice(3 * row, 3 * row + 3)
      const along = (axis: readonly number[]) => axis.reduce((sum_, x, d) => sum_ + x * own[d], 0)
      return Math.atan2(along(across), along(other))
    })
    expect(kolmogorovSmirnov(angles, (angle) => (angle + Math.PI) / (2 * Math.PI))).toBeLessThan(1.95)
  })

  test('move with the concentration as their mean does: ∂E[w]/∂κ is the variance of w', async () => {
    const kappa = 6
    const { code, concentration, feeds } = traced(kappa)
    const along = sum(code)
    const [slope] = gradient(along, [concentration])
    const { slope: slopes } = await numbersOf(
      { slope },
      {
        ...feeds,
        mean: numbered(new Array<number>(3 * COUNT).fill(Math.sqrt(1 / 3)), COUNT, 3),
      },
    )
    // Entries of code add to √3 w, and a share of the tangent that is 0 on average.
    const wanted =
      Math.sqrt(3) *
      (1 - (1 / Math.tanh(kappa) - 1 / kappa) ** 2 - (2 / kappa) * (1 / Math.tanh(kappa) - 1 / kappa))
    expect(average(slopes)).toBeGreaterThan(0)
    expect(standardErrorsFrom(wanted, slopes)).toBeLessThan(4)
  })
})
