import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rocAuc } from './roc-auc.ts'

const aucOf = (scores: readonly number[], labels: readonly number[]) =>
  rocAuc(scores, (row) => labels[row] === 1)

describe('the area under the ROC curve', () => {
  test('is 1 in the right order, 0 in the wrong one, ½ for one score for all', () => {
    expect(aucOf([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])).toBe(1)
    expect(aucOf([0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1])).toBe(0)
    expect(aucOf([3, 3, 3, 3, 3], [0, 1, 0, 1, 1])).toBe(0.5)
  })

  test('counts ties half', () => {
    // Pairs (positive, negative): (2,1) won, (2,2) half, (3,1) and (3,2) won: 3.5 of 4.
    expect(aucOf([1, 2, 2, 3], [0, 0, 1, 1])).toBe(3.5 / 4)
  })

  test('is NaN where a side is empty', () => {
    expect(aucOf([1, 2], [1, 1])).toBeNaN()
    expect(aucOf([1, 2], [0, 0])).toBeNaN()
  })

  test('equals the share of pairs, counted one by one', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 1)), { maxLength: 30 })
    fc.assert(
      fc.property(rows, (drawn) => {
        fc.pre([0, 1].every((side) => drawn.some(([, label]) => label === side)))
        const sides = [0, 1].map((side) => drawn.filter(([, label]) => label === side))
        const pairs = sides[1].flatMap(([p]) => sides[0].map(([n]) => (Math.sign(p - n) + 1) / 2))
        const share = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length
        const area = aucOf(
          drawn.map(([score]) => score),
          drawn.map(([, label]) => label),
        )
        expect(area).toBeCloseTo(share, 12)
      }),
    )
  })
})
