import { describe, expect, test } from 'vitest'
import { codesOf, knownCodes } from './known-codes.testing.ts'
import { sap } from './sap.ts'

const compute = (kind: keyof typeof knownCodes) =>
  sap.compute(codesOf(knownCodes[kind], { levels: 2, repeats: 750 }), { seed: 0 })

// Accuracies on 1,000 held-out rows: the deviation of 1/2 is 0.016, that of a gap of two at most 0.023.
const CHANCE = 0.07

describe('SAP of two binary factors', () => {
  test('identity: the own code tells all, the other half', async () => {
    const { score, perFactor, accuracy, continuousScore } = await compute('identity')
    const table = accuracy as number[][]
    expect([table[0][0], table[1][1]]).toEqual([1, 1])
    expect(perFactor).toEqual([1 - table[1][0], 1 - table[0][1]])
    expect(Math.abs(score - 1 / 2)).toBeLessThan(CHANCE)
    // A code equal to the factor correlates fully with it, and with the other hardly in 2,000 rows.
    expect(continuousScore as number).toBeGreaterThan(0.98)
  })

  test('permuted: as identity', async () => {
    expect((await compute('permuted')).score).toBe((await compute('identity')).score)
  })

  test('duplicated: no gap at all', async () => {
    expect(await compute('duplicated')).toMatchObject({ score: 0, perFactor: [0, 0], continuousScore: 0 })
  })

  test('rotated by 45°: each code tells the half of the rows that are not at 0, and half of those at 0', async () => {
    const { score, accuracy } = await compute('rotated')
    for (const share of (accuracy as number[][]).flat()) expect(Math.abs(share - 3 / 4)).toBeLessThan(CHANCE)
    expect(score).toBeLessThan(CHANCE)
  })

  test('constant: no gap; noise: almost none', async () => {
    expect((await compute('constant')).score).toBe(0)
    expect((await compute('noise')).score).toBeLessThan(CHANCE)
  })

  test('a single code is compared with a constant one', async () => {
    const { perFactor, accuracy } = await sap.compute(
      codesOf(([a]) => [a], { levels: 2 }),
      { seed: 0 },
    )
    expect(accuracy).toHaveLength(1)
    expect((accuracy as number[][])[0][0]).toBe(1)
    expect(Math.abs((perFactor as number[])[0] - 1 / 2)).toBeLessThan(0.2)
  })
})
