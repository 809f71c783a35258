import { describe, expect, test } from 'vitest'
import { betaVae } from './beta-vae.ts'
import { factorVae } from './factor-vae.ts'
import { accuracyByFactor, fixedFactorDraws, pointsOf } from './fixed-factor.ts'
import { codesOf, knownCodes } from './known-codes.testing.ts'

describe('draws for a fixed factor', () => {
  const sample = codesOf(knownCodes.identity, { levels: 3, repeats: 2 })

  test('reach every row of the level, and no other', () => {
    const { any, like } = fixedFactorDraws(sample)
    const words = Array.from({ length: 180 }, (_, i) => Math.floor((i / 180) * 2 ** 32))
    expect(new Set(words.map(any)).size).toBe(18)
    for (const factor of [0, 1]) {
      const drawn = [...new Set(words.map((word) => like(4, factor, word)))].sort((a, b) => a - b)
      const wanted = Array.from({ length: 18 }, (_, row) => row).filter(
        (row) => sample.factors[2 * row + factor] === sample.factors[2 * 4 + factor],
      )
      expect(drawn).toEqual(wanted)
    }
  })

  test('a point is a function of seed, stream and number', async () => {
    const wordsOf = async (count: number, seed: number) => {
      const all: number[] = []
      const request = { factorCount: 2, words: 5 }
      await pointsOf(count, { seed, stream: 77 }, request, (_, factor, words) => {
        all.push(factor, ...words)
      })
      return all
    }
    const few = await wordsOf(3, 1)
    expect((await wordsOf(600, 1)).slice(0, few.length)).toEqual(few)
    expect(await wordsOf(3, 2)).not.toEqual(few)
  })

  test('stops at a signal', async () => {
    const stop = new AbortController()
    const run = betaVae.compute(sample, { seed: 0, signal: stop.signal })
    stop.abort()
    await expect(run).rejects.toThrow('abort')
  })

  test('accuracy is by factor and over all', () => {
    const { score, perFactor } = accuracyByFactor(Int32Array.of(0, 0, 1, 1, 1), [0, 1, 1, 1, 0], 2)
    expect(score).toBe(3 / 5)
    expect(perFactor).toEqual([1 / 2, 2 / 3])
  })
})

// With 5,000 test points the deviation of a chance accuracy of 1/2 is 0.007; the classifier's choice adds a little.
const CHANCE = 0.03

describe('BetaVAE score', () => {
  const scoreOf = async (kind: keyof typeof knownCodes) =>
    (await betaVae.compute(codesOf(knownCodes[kind]), { seed: 3 })).score

  // The code of the shared factor never differs: |z₁ − z₂| is 0 there, and about E|i − j| = 15/12 of 4 levels elsewhere.
  test.each(['identity', 'permuted', 'duplicated'] as const)('%s codes: 1', async (kind) => {
    expect(await scoreOf(kind)).toBe(1)
  })

  // Turned by 45°, with a shared both codes differ by ±Δb/√2, with b shared by Δa/√2: (m, m) for either factor.
  // Codes of noise differ alike whatever is shared, constant ones never do.
  test.each(['rotated', 'noise', 'constant'] as const)('%s codes: chance', async (kind) => {
    expect(Math.abs((await scoreOf(kind)) - 1 / 2)).toBeLessThan(CHANCE)
  })

  test('records what it was computed from', async () => {
    const { score, ...details } = await betaVae.compute(codesOf(knownCodes.identity), { seed: 3 })
    expect(score).toBe(1)
    expect(details).toEqual({
      perFactor: [1, 1],
      trainScore: 1,
      chance: 0.5,
      trainPoints: 10_000,
      testPoints: 5_000,
      batch: 64,
    })
  })
})

describe('FactorVAE score', () => {
  const compute = (kind: keyof typeof knownCodes) => factorVae.compute(codesOf(knownCodes[kind]), { seed: 3 })

  // The code of the fixed factor has variance 0 over 64 rows, others have not; either of two equal codes is of the factor.
  test.each(['identity', 'permuted', 'duplicated'] as const)('%s codes: 1', async (kind) => {
    expect((await compute(kind)).score).toBe(1)
  })

  // Turned by 45°, with a fixed both codes have half of b's variance, with b fixed half of a's: votes say nothing.
  test.each(['rotated', 'noise'] as const)('%s codes: chance', async (kind) => {
    expect(Math.abs((await compute(kind)).score - 1 / 2)).toBeLessThan(CHANCE)
  })

  test('constant codes: 0, for none has a vote', async () => {
    expect(await compute('constant')).toMatchObject({ score: 0, perFactor: [0, 0], activeCodes: 0 })
  })

  test('a code whose deviation is below 0.05 has no vote', async () => {
    // ±s in equal numbers: deviation s·√(n/(n − 1)), so 0.0499 is dead and 0.05 alive. Alone, a live code of factor a
    // votes at every point: its majority is right for about half of them.
    const alone = (s: number) => codesOf(([a]) => [2 * s * a], { levels: 2, repeats: 500 })
    expect(await factorVae.compute(alone(0.0499), { seed: 0 })).toMatchObject({ score: 0, activeCodes: 0 })
    const alive = await factorVae.compute(alone(0.05), { seed: 0 })
    expect(alive.activeCodes).toBe(1)
    expect(Math.abs(alive.score - 1 / 2)).toBeLessThan(CHANCE)
  })
})
