import { describe, expect, test } from 'vitest'
import { explicitness } from './explicitness.ts'
import { codesOf, knownCodes } from './known-codes.testing.ts'

const compute = (kind: keyof typeof knownCodes) =>
  explicitness.compute(codesOf(knownCodes[kind], { levels: 3, repeats: 100 }), { seed: 0 })

describe('explicitness', () => {
  // A linear map that can be undone hides nothing from a linear classifier: the levels of a factor lie in order on a
  // line, and each has the highest probability, against all others, at its own place.
  test.each(['identity', 'permuted', 'duplicated', 'rotated'] as const)('%s codes: 1', async (kind) => {
    expect(await compute(kind)).toMatchObject({ score: 1, perFactor: [1, 1], trainScore: 1 })
  })

  test('constant codes: every row scores the same, so every pair ties', async () => {
    expect(await compute('constant')).toMatchObject({ score: 0.5, perFactor: [0.5, 0.5] })
  })

  test('codes of noise: chance', async () => {
    // An area over 100 against 200 rows has deviation √((100 + 200 + 1)/(12·100·200)) = 0.035.
    expect(Math.abs((await compute('noise')).score - 1 / 2)).toBeLessThan(0.08)
  })

  test('a level that no training row has is judged at 0, not refused', async () => {
    const sample = codesOf(knownCodes.identity, { levels: 3, repeats: 40 })
    const levels = [4, 3]
    const factors = sample.factors.slice()
    factors[0] = 3
    const scores = await Promise.all(
      [0, 1, 2].map((seed) => explicitness.compute({ ...sample, factors, levels }, { seed })),
    )
    for (const { score } of scores) expect(score).toBeGreaterThan(0.8)
  })
})
