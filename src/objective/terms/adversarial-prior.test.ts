import { describe, expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { average, numbersOf, worldOf } from '../../testing/numbers.testing.ts'
import {
  checkPlayers,
  contestOver,
  normalCodes,
  outcome,
  trainOpponent,
} from '../../testing/opponent.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'
import { adversarialPrior } from './adversarial-prior.ts'
import { noiseFeeds, parameterFeeds } from './staging.testing.ts'

const native = await nativeEngine({ threads: 1 })
const small = { term: 'adversarial-prior', weight: 3, layers: 1, units: 4 }

/** What a discriminator makes of N(shift, 1) codes once it has learned. */
async function learned(shift: number) {
  const drawn = normalCodes(500, 2)
  const codes = { data: drawn.data.map((z) => z + shift) as Float32Array, shape: drawn.shape }
  const staged = contestOver(adversarialPrior, codes, { layers: 0 })
  const start = { ...parameterFeeds(staged.trace), codes }
  const trained = await trainOpponent(staged, native, start, { steps: 300, rate: 0.5 })
  return outcome(staged, native, trained)
}

describe('the generator’s loss', () => {
  test('is log 2 for a discriminator that knows nothing', async () => {
    const codes = normalCodes(50, 2)
    const staged = contestOver(adversarialPrior, codes, { layers: 2, units: 4 })
    const blank = { ...parameterFeeds(staged.trace, 0), codes }
    const { value, opponent } = await outcome(staged, referenceEngine, blank, 1)
    expect(value).toBeCloseTo(Math.LN2, 14)
    expect(opponent).toBeCloseTo(Math.LN2, 14)
  })

  test('stays near log 2 for codes that are draws of the prior', async () => {
    const { value, opponent } = await learned(0)
    expect(Math.abs(value - Math.LN2)).toBeLessThan(0.05)
    expect(Math.abs(opponent - Math.LN2)).toBeLessThan(0.05)
  })

  test('rises as a discriminator learns that codes are none, to what the true log-odds give', async () => {
    // For N(m, I) against N(0, I) they are −m·z + ‖m‖²/2, which a linear discriminator can be.
    const shift = 1
    const odds = Array.from(normalCodes(500, 2).data).flatMap((z, i, all) =>
      i % 2 === 0 ? [-shift * (z + shift + all[i + 1] + shift) + shift ** 2] : [],
    )
    const wanted = average(odds.map((x) => Math.log1p(Math.exp(-x))))
    const { value, opponent } = await learned(shift)
    expect(wanted).toBeGreaterThan(Math.LN2 + 0.5)
    expect(Math.abs(value - wanted)).toBeLessThan(0.15)
    expect(opponent).toBeLessThan(Math.LN2 - 0.15)
  })

  test('compares with fresh draws of the prior at every step', async () => {
    const codes = normalCodes(20, 2)
    const staged = contestOver(adversarialPrior, codes, { layers: 1, units: 4 })
    const at = (step: number) =>
      numbersOf(
        { value: staged.value, loss: staged.opponent },
        { ...parameterFeeds(staged.trace), ...noiseFeeds(staged.trace, step), codes },
      )
    const [one, two] = [await at(0), await at(1)]
    expect(one.loss).not.toEqual(two.loss)
    expect(one.value).toEqual(two.value)
  })
})

describe('on a model', () => {
  test.each(['gaussian', 'deterministic'])(
    'the value by the model and the loss of the opponent match central differences (%s)',
    async (latent) => {
      const checks = await checkPlayers(toyWorld({ latent, terms: [small] }))
      for (const { probesVary, worst } of checks) {
        expect(probesVary).toBe(true)
        expect(worst).toBeLessThan(1e-7)
      }
    },
  )

  test.each([{ units: 5 }, { layers: 2 }])('%o is another discriminator', async (change) => {
    const at = async (options: object) => {
      const { world, value } = worldOf({ ...small, ...options })
      return average((await numbersOf({ value }, world.feeds)).value)
    }
    expect(Math.abs((await at(change)) - (await at({})))).toBeGreaterThan(1e-3)
  })

  test('a prior that learns is refused', () => {
    expect(() => toyWorld({ prior: { name: 'mixture' }, terms: [small] })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: term "adversarial-prior" under the prior "mixture"; wanted the prior N(0, I), the only one that it compares codes with. Fix: use --prior standard, or drop the term. [objective/needs-standard-prior]]`,
    )
  })
})
