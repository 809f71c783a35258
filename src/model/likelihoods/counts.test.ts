/** Negative binomial counts, with and without further zeros, shares and amounts: known values, and in float32. */
import { expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { type LikelihoodCase, likelihood, losses } from '../../testing/density.testing.ts'
import { FIRST_CONCENTRATION } from './concentration.ts'

const native = await nativeEngine({ threads: 1 })

/** The decoder's output for a number that is bounded by ±20: the inverse of the bound. */
const raw = (bounded: number) => bounded / Math.sqrt(1 - (bounded / 20) ** 2)

/** Nats in float64 meet what is known, and float32 those of the numbers that it is given. */
async function meets(each: LikelihoodCase, output: number[], x: number, wanted: number, inFloat32: number) {
  const exact = await losses(each, output, [x])
  expect(Math.abs(exact.loss[0] - wanted)).toBeLessThan(1e-8 * Math.max(1, Math.abs(wanted)))
  const [given, place] = [output.map(Math.fround), Math.fround(x)]
  const near = await losses(each, given, [place])
  const fast = await losses(each, given, [place], { engine: native })
  expect(Math.abs(fast.loss[0] - near.loss[0])).toBeLessThan(inFloat32 * Math.max(1, Math.abs(wanted)))
}

/** x, μ, r, −log NB: mpmath with 40 digits. */
test.each([
  [0, 0.5, 0.3, 0.2942487759035179, 1e-5],
  [0, 3, 8, 2.5476298489482767, 1e-5],
  [4, 2.5, 1.5, 2.450716021594516, 1e-5],
  [17, 30, 0.8, 4.09130096265858, 1e-5],
  [250, 200, 5, 5.793461529073096, 5e-5],
  [12, 12, 1e6, 2.1683406981708826, 2e-4],
  [100_000, 95_000, 20, 10.965024323434696, 2e-4],
  [1_000_000, 1_003_000, 1e6, 10.416535200771678, 3e-2],
  [1_000_000, 1, 2, 1098599.284086768, 1e-6],
])('count %d of mean %d and r = %d', async (x, mean, concentration, wanted, inFloat32) => {
  const each = likelihood('negative-binomial', { concentration })
  await meets(each, [raw(Math.log(mean))], x, wanted, inFloat32)
})

test('with r → ∞ it is a Poisson, and a learned r begins where it is said to', async () => {
  const [poisson, wide, learned, given] = await Promise.all(
    [
      likelihood('poisson'),
      likelihood('negative-binomial', { concentration: 1e9 }),
      likelihood('negative-binomial'),
      likelihood('negative-binomial', { concentration: FIRST_CONCENTRATION }),
    ].map((each) => losses(each, [raw(1.2)], [0, 1, 4, 20])),
  )
  for (const [i, nats] of poisson.loss.entries()) expect(wide.loss[i]).toBeCloseTo(nats, 6)
  expect(learned.loss).toEqual(given.loss)
})

test('a zero has two reasons, another count one', async () => {
  const [mean, gate, r] = [2.5, 0.4, 1.5]
  const pi = 1 / (1 + Math.exp(-gate))
  const zero = (r / (r + mean)) ** r
  const each = likelihood('zero-inflated-nb', { concentration: r })
  const output = [raw(Math.log(mean)), gate]
  await meets(each, output, 0, -Math.log(pi + (1 - pi) * zero), 1e-5)
  await meets(each, output, 4, -Math.log(1 - pi) + 2.450716021594516, 1e-5)
  // So unlikely a count that its probability is no number, and a zero that is as good as certain.
  await meets(each, [raw(Math.log(1000)), 30], 0, 0, 1e-5)
})

/** x, m, φ, −log Beta: mpmath with 40 digits. */
test.each([
  [0.3, 0.4, 5, -0.5675839575845996, 1e-5],
  [1e-6, 0.01, 3, -9.938577339950683, 1e-5],
  [0.999, 0.9, 200, 65.88781045219818, 1e-5],
  [0.5, 0.5, 1e6, -6.68196367633741, 1e-5],
  [0.25, 0.7, 0.5, 1.044408964124424, 1e-5],
])('share %d of mean %d and φ = %d', async (x, mean, precision, wanted, inFloat32) => {
  await meets(likelihood('beta', { precision }), [Math.log(mean / (1 - mean))], x, wanted, inFloat32)
})

test('an amount is log-normal where there is any', async () => {
  const each = likelihood('hurdle', { spread: 0.7 })
  const probability = 1 / (1 + Math.exp(-0.9))
  await meets(each, [0.9, 0.4], 0, -Math.log(1 - probability), 1e-5)
  /** scipy.stats.lognorm(0.7, scale=exp(0.4)). */
  await meets(each, [0.9, 0.4], 3.5, 2.557072150043994 - Math.log(probability), 1e-5)
})
