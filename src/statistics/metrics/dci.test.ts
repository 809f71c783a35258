import { describe, expect, test } from 'vitest'
import { dci } from './dci.ts'
import { gridCodes, known, seed0 } from './grid-codes.testing.ts'

const scoresOf = (name: keyof typeof known) => dci.compute(gridCodes(known[name], 4), seed0)

describe('codes that are the factors', () => {
  // Two questions of the right code single out any level, and then nothing is left to learn from others: the importance
  // matrix has one entry a row and a column, so all entropies are 0.
  test.each(['identity', 'permuted'] as const)('%s', async (name) => {
    const { disentanglement, completeness, informativeness } = await scoresOf(name)
    expect(disentanglement).toBeCloseTo(1, 6)
    expect(completeness).toBeCloseTo(1, 6)
    expect(informativeness).toBe(1)
  })

  test('duplicated: each copy has one factor, each factor two copies of four codes', async () => {
    const { disentanglement, completeness, informativeness } = await scoresOf('duplicated')
    expect(disentanglement).toBeCloseTo(1, 6)
    // 1 − ln 2 / ln 4 where the copies share alike; which is asked first is drawn.
    expect(completeness).toBeGreaterThanOrEqual(0.5 - 1e-9)
    expect(completeness).toBeLessThan(0.52)
    expect(informativeness).toBe(1)
  })

  test('beside a constant: it has no importance, and so no weight', async () => {
    const { disentanglement, completeness, importance } = await scoresOf('withConstant')
    expect(disentanglement).toBeCloseTo(1, 6)
    expect(completeness).toBeCloseTo(1, 6)
    expect((importance as number[][])[2]).toEqual([0, 0])
  })
})

describe('codes that are not', () => {
  test('rotated: mirrored factors swap the codes, so that each has half of each factor', async () => {
    const { disentanglement, completeness } = await scoresOf('rotated')
    expect(disentanglement).toBeLessThan(0.02)
    expect(completeness).toBeLessThan(0.02)
  })

  test('constant: no split, all entropies are those of nothing, and the most frequent level is right by chance', async () => {
    const { disentanglement, completeness, informativeness, importance } = await scoresOf('constant')
    expect(disentanglement).toBeCloseTo(0, 9)
    expect(completeness).toBeCloseTo(0, 9)
    expect(Math.abs((informativeness as number) - 0.25)).toBeLessThan(0.1)
    expect(importance).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  test('noise: a single code has all importance for both factors, 1 − ln 2 / ln 2', async () => {
    const { disentanglement, completeness, informativeness } = await scoresOf('noise')
    expect(disentanglement).toBeCloseTo(0, 9)
    // One code alone cannot be spread over codes.
    expect(completeness).toBe(1)
    expect(informativeness as number).toBeLessThan(0.4)
  })
})

test('records what it drew, and draws it again', async () => {
  const first = await scoresOf('duplicated')
  expect(first).toMatchObject({ trainRows: 170, testRows: 86, seed: 0 })
  expect(await scoresOf('duplicated')).toEqual(first)
  const other = await dci.compute(gridCodes(known.duplicated, 4), { seed: 1 })
  expect(other.importance).not.toEqual(first.importance)
})

test('stops between rounds with the reason of the signal', async () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('enough')), 0)
  const { signal } = controller
  await expect(dci.compute(gridCodes(known.rotated, 40), { seed: 0, signal })).rejects.toThrow('enough')
})
