import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averagePrecision, rocAuc, rocCurve } from './curves.ts'

describe('ROC AUC against labels', () => {
  test('counts ties half', () => {
    // Pairs (anomaly, normal): (2,1) won, (2,2) half, (3,1) and (3,2) won: 3.5 of 4.
    expect(rocAuc([1, 2, 2, 3], [0, 0, 1, 1])).toBe(3.5 / 4)
    expect(rocAuc([1, 2, 2, 3], [false, false, true, true])).toBe(3.5 / 4)
    expect(rocAuc([-Infinity, Infinity], [0, 1])).toBe(1)
  })
})

describe('ROC curve', () => {
  test('has the area that ROC AUC says, ties or not', () => {
    const row = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 1))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (drawn) => {
        const rows = [...drawn, [0, 0], [1, 1]]
        const [scores, labels] = [rows.map(([score]) => score), rows.map(([, label]) => label)]
        const curve = rocCurve(scores, labels)
        const area = curve
          .slice(1)
          .reduce((sum, [x, y], at) => sum + ((x - curve[at][0]) * (y + curve[at][1])) / 2, 0)
        expect(area).toBeCloseTo(rocAuc(scores, labels), 12)
      }),
    )
  })

  test('of many scores is thinned, its ends kept', () => {
    const scores = Array.from({ length: 5000 }, (_, row) => row)
    const curve = rocCurve(
      scores,
      scores.map((row) => row % 2),
      100,
    )
    expect(curve.length).toBeLessThanOrEqual(101)
    expect([curve[0], curve[curve.length - 1]]).toEqual([
      [0, 0],
      [1, 1],
    ])
  })
})

describe('average precision', () => {
  test('is the precision at each anomaly found, averaged', () => {
    // From the highest down: anomaly (1/1), normal, anomaly (2/3).
    expect(averagePrecision([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0])).toBeCloseTo((1 + 2 / 3) / 2, 12)
    expect(averagePrecision([3, Infinity, -Infinity], [0, 1, 0])).toBe(1)
  })

  test('takes rows of one score together', () => {
    // One anomaly among the two of score 2, one below them: ½·½ + ½·⅔.
    expect(averagePrecision([2, 2, 1, 0], [1, 0, 1, 0])).toBeCloseTo(0.25 + 1 / 3, 12)
    expect(averagePrecision([5, 5, 5, 5], [0, 1, 0, 0])).toBe(0.25)
  })

  test('depends on the order of the scores alone, not on that of the rows', () => {
    const row = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 1))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (drawn) => {
        const rows = [...drawn, [0, 0], [1, 1]]
        const scores = rows.map(([score]) => score)
        const labels = rows.map(([, label]) => label)
        const precision = averagePrecision(scores, labels)
        expect(averagePrecision(scores.map(Math.exp), labels)).toBe(precision)
        expect(averagePrecision(scores.toReversed(), labels.toReversed())).toBeCloseTo(precision, 12)
      }),
    )
  })
})

describe.each([rocAuc, averagePrecision])('what makes no curve: %o', (curve) => {
  test('one class alone', () => {
    expect(() => curve([1, 2], [0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 2 rows, all of them normal; wanted rows of both classes. Fix: score rows among which some are labeled 1 and some 0. [anomaly/one-class]]`,
    )
    expect(() => curve([1, 2], [1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 2 rows, all of them anomalies; wanted rows of both classes. Fix: score rows among which some are labeled 1 and some 0. [anomaly/one-class]]`,
    )
  })

  test('labels that do not belong to the scores', () => {
    expect(() => curve([1, 2, 3], [0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 3 scores and 2 labels; wanted one label for each score. Fix: give the labels of the rows that were scored, in their order. [anomaly/label-count]]`,
    )
    expect(() => curve([1, 2, 3], [0, 1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: label 2 of row 2; wanted 1 for an anomaly or 0 for a normal row. Fix: recode the labels as 0 and 1. [anomaly/label]]`,
    )
  })

  test('a score that is no number', () => {
    expect(() => curve([1, Number.NaN], [0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: score 1 of 2 is not a number; wanted scores that can be put in order. Fix: look at that row for missing or infinite numbers. [anomaly/score]]`,
    )
  })
})
