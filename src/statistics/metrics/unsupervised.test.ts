import { describe, expect, test } from 'vitest'
import { gridCodes, known, seed0 } from './grid-codes.testing.ts'
import { mutualInformation, totalCorrelation, wassersteinCorrelation } from './unsupervised.ts'

const ROOT2 = Math.SQRT2

describe('total correlation', () => {
  test.each([
    ['identity', 0],
    ['permuted', 0],
    // Equal variances turned by 45° stay uncorrelated.
    ['rotated', 0],
    ['noise', 0],
    ['constant', 0],
    ['withConstant', 0],
    // One is a function of the other.
    ['duplicated', Number.POSITIVE_INFINITY],
  ] as const)('%s codes: %d', async (name, wanted) => {
    expect((await totalCorrelation.compute(gridCodes(known[name]), seed0)).score).toBeCloseTo(wanted, 12)
  })

  test('of a and a + b: their squared correlation is 1/2, so −½ ln(1 − 1/2)', async () => {
    const sample = gridCodes([(a) => a, (a, b) => a + b])
    expect((await totalCorrelation.compute(sample, seed0)).score).toBeCloseTo(0.5 * Math.LN2, 12)
  })

  test('tells how many codes are functions of others', async () => {
    const sample = gridCodes([...known.duplicated, ...known.constant])
    expect(await totalCorrelation.compute(sample, seed0)).toMatchObject({ activeCodes: 4, redundantCodes: 2 })
  })
})

describe('Wasserstein correlation', () => {
  test.each([
    ['identity', 0],
    ['permuted', 0],
    ['rotated', 0],
    ['noise', 0],
    ['constant', 0],
    // A pair of copies of variance v: D^½ Σ D^½ = v² [[1, 1], [1, 1]] has the eigenvalues 2v² and 0, so the distance is
    // 2 · 2v − 2 · √2 v, and 2 − √2 of the trace 2v.
    ['duplicated', 2 - ROOT2],
  ] as const)('%s codes, normalized: %d', async (name, wanted) => {
    const { normalized } = await wassersteinCorrelation.compute(gridCodes(known[name]), seed0)
    expect(normalized).toBeCloseTo(wanted, 12)
  })

  test('grows with the square of the scale', async () => {
    // The variance of 0, 1, 2, 3 in n = 64 rows is (5/4) · 64/63; of 10 times that, 100 times as much.
    const variance = (100 * 1.25 * 64) / 63
    const sample = gridCodes([(a) => 10 * a, (a) => 10 * a])
    const { score } = await wassersteinCorrelation.compute(sample, seed0)
    expect(score).toBeCloseTo(variance * (4 - 2 * ROOT2), 9)
  })
})

describe('mutual information of codes', () => {
  // s = a + b has the probabilities 1, 2, 3, 4, 3, 2, 1 of 16, and so has a − b; the pair has ln 16.
  const sum = Math.log(16) - (2 * (2 * Math.log(2) + 3 * Math.log(3)) + 4 * Math.log(4)) / 16
  test.each([
    ['identity', 0],
    ['permuted', 0],
    ['rotated', 2 * sum - Math.log(16)],
    ['constant', 0],
    ['noise', 0],
    // Of six pairs two are copies.
    ['duplicated', Math.log(4) / 3],
  ] as const)('%s codes: %d', async (name, wanted) => {
    expect((await mutualInformation.compute(gridCodes(known[name]), seed0)).score).toBeCloseTo(wanted, 12)
  })
})
