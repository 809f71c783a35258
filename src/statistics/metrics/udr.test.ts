import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { gridCodes, known } from './grid-codes.testing.ts'
import { udr } from './udr.ts'

function table(name: keyof typeof known): NDArray {
  const { codes, count, codeSize } = gridCodes(known[name])
  return { data: codes, shape: [count, codeSize] }
}
const agreementOf = async (a: NDArray, b: NDArray) => (await udr([a, b])).perModel

describe('agreement of two models', () => {
  test('same codes, in another order, sign and scale: each dimension has one partner, 1² / 1', async () => {
    expect(await agreementOf(table('identity'), table('permuted'))).toEqual([
      expect.closeTo(1),
      expect.closeTo(1),
    ])
  })

  test('duplicated: each dimension has two full partners, 1² / 2', async () => {
    expect(await agreementOf(table('duplicated'), table('duplicated'))).toEqual([
      expect.closeTo(0.5),
      expect.closeTo(0.5),
    ])
  })

  test('rotated: all four correlations are one r, so r² / 2r', async () => {
    // Of 16 rows, a + b has 1, 2, 3, 4, 3, 2, 1 at its values, whose mean ranks less 8.5 are −7.5, −6, −3.5, 0, 3.5, 6,
    // 7.5: variance 2 (7.5² + 2 · 6² + 3 · 3.5²) / 16 = 20.625. Ranks of a are linear in a: variance 1.25 of −1.5 … 1.5.
    // At a = 3 the mean rank is 4.25, at a = 2 it is 1.5: covariance 2 (1.5 · 4.25 + 0.5 · 1.5) / 4 = 3.5625.
    const r = 3.5625 / Math.sqrt(20.625 * 1.25)
    const [score] = await agreementOf(table('identity'), table('rotated'))
    // The 64 rows are 4 copies of the 16, where ranks of n rows are 4 times as far apart: the correlation is the same.
    expect(score).toBeCloseTo(r / 2, 12)
  })

  test.each(['constant', 'noise'] as const)('%s: no correlation, 0', async (name) => {
    const [score] = await agreementOf(table('identity'), table(name))
    expect(score).toBeCloseTo(0, 12)
  })

  test('a constant beside the factors is a dimension without partner: 2 of 3 agree', async () => {
    expect(await agreementOf(table('withConstant'), table('withConstant'))).toEqual([
      expect.closeTo(2 / 3),
      expect.closeTo(2 / 3),
    ])
  })
})

test('dimensions without KL are left out', async () => {
  const codes = [table('withConstant'), table('withConstant')]
  const kl = [
    [2, 1, 0.01],
    [2, 1, 0],
  ]
  const { perModel, informative } = await udr(codes, { kl })
  expect(informative).toEqual([2, 2])
  expect(perModel).toEqual([expect.closeTo(1), expect.closeTo(1)])
})

test('a model is judged by the median of its agreements', async () => {
  const { perModel, pairs, rows } = await udr([
    table('identity'),
    table('permuted'),
    table('permuted'),
    table('rotated'),
  ])
  const r = pairs[0][3]
  expect(r).toBeCloseTo(0.3508, 4)
  expect(perModel).toEqual([1, 1, 1, r].map((score) => expect.closeTo(score)))
  expect(rows).toBe(64)
})

test('says what is wrong with its codes', async () => {
  const identity = table('identity')
  const short = { data: new Float64Array(6), shape: [3, 2] }
  await expect(udr([identity])).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: codes of 1 model; wanted at least two models, which are compared with each other. Fix: train the same recipe with other seeds. [metrics/udr-models]]`,
  )
  await expect(udr([identity, short])).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: codes of shape [3, 2] from model 1; wanted finite numbers [64, d], the rows of model 0. Fix: encode the same examples with every model. [metrics/udr-codes]]`,
  )
  await expect(udr([identity, identity], { kl: [[1, 1], [1]] })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the KL of 1 dimensions for model 1; wanted one for each of its 2 dimensions. Fix: give the mean KL per dimension of every model, in their order. [metrics/udr-kl]]`,
  )
})
