import { describe, expect, test } from 'vitest'
import { fillNormal, fillUniform, streamOf } from '../../../base/random.ts'
import { chiSquareTail } from './chi-square.ts'
import { type DriftColumn, driftBetween } from './drift.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'
import { levelShift } from './levels.ts'

const ROWS = 400
const normal = (step: number, shift = 0, count = ROWS) =>
  Float64Array.from(
    fillNormal(new Float32Array(count), { seed: 0, stream: streamOf('drift'), step }),
    (x) => x + shift,
  )
const coins = (step: number, share: number) =>
  Array.from(
    fillUniform(new Float32Array(ROWS), { seed: 0, stream: streamOf('coins'), step }),
    (u) => u < share,
  )
const numbers = (name: string, reference: Float64Array, current: Float64Array): DriftColumn => ({
  name,
  kind: 'number',
  reference,
  current,
})

describe('Kolmogorov–Smirnov', () => {
  test('is exact on small samples', () => {
    // Of the C(4, 2) = 6 orders of two and two rows, 2 are apart from end to end.
    expect(kolmogorovSmirnov([1, 2], [3, 4])).toEqual({ distance: 1, pValue: expect.closeTo(1 / 3, 12) })
    // Every order is at least one step off.
    expect(kolmogorovSmirnov([1, 3], [2, 4])).toEqual({ distance: 0.5, pValue: 1 })
  })

  test('finds nothing between equal samples, and counts ties once', () => {
    expect(kolmogorovSmirnov([1, 1, 2], [1, 1, 2])).toEqual({ distance: 0, pValue: 1 })
    expect(kolmogorovSmirnov([1, 1, 1, 1], [1, 1, 1, 2]).distance).toBe(0.25)
    expect(kolmogorovSmirnov([-Infinity, 0], [0, Infinity]).distance).toBe(0.5)
  })

  test('goes over from the exact value to the limit without a step', () => {
    const exact = kolmogorovSmirnov(normal(0, 0, 1000), normal(1, 0.08, 1000))
    const limit = kolmogorovSmirnov(normal(0, 0, 1000), [...normal(1, 0.08, 1000), 0])
    expect(Math.abs(limit.pValue / exact.pValue - 1)).toBeLessThan(0.05)
  })

  test('is uniform where nothing differs', () => {
    const pValues = Array.from(
      { length: 200 },
      (_, i) => kolmogorovSmirnov(normal(2 * i, 0, 40), normal(2 * i + 1, 0, 60)).pValue,
    )
    for (const alpha of [0.05, 0.2, 0.5]) {
      const share = pValues.filter((p) => p <= alpha).length / 200
      expect(Math.abs(share - alpha)).toBeLessThan(3 * Math.sqrt((alpha * (1 - alpha)) / 200) + 0.02)
    }
  })
})

describe('chi-square', () => {
  test('has the tails of the tables', () => {
    // Two degrees of freedom: exp(−x/2).
    for (const x of [0.1, 1, 5, 40]) expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 10)
    expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12)
    expect(chiSquareTail(124.34211340400407, 100)).toBeCloseTo(0.05, 10)
    expect(chiSquareTail(0, 3)).toBe(1)
    // exp(−x/2) alone underflows here.
    expect(chiSquareTail(2000, 2000)).toBeGreaterThan(0.49)
  })
})

describe('levels', () => {
  const of = (counts: Record<string, number>) =>
    Object.entries(counts).flatMap(([level, count]) => new Array<string>(count).fill(level))

  test('differ by half the sum of the differences of their shares', () => {
    const { distance, pValue } = levelShift(of({ a: 50, b: 50 }), of({ a: 30, b: 70 }))
    expect(distance).toBeCloseTo(0.2, 12)
    // Expected 40 and 60: 4·10²·(1/40 + 1/60)/2 = 8.333.
    expect(pValue).toBeCloseTo(chiSquareTail(25 / 3, 1), 12)
  })

  test('that are rare count together', () => {
    const common = { a: 50, b: 50 }
    const rare = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`rare ${i}`, 1]))
    const other = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`other ${i}`, 1]))
    expect(levelShift(of({ ...common, ...rare }), of({ ...common, ...other })).pValue).toBeCloseTo(1, 12)
    expect(levelShift(of({ a: 3 }), of({ b: 3 })).pValue).toBe(1)
  })
})

describe('drift between two samples', () => {
  test('names the columns that moved, most moved first', () => {
    const drift = driftBetween({
      columns: [
        numbers('still', normal(0), normal(1)),
        numbers('a little', normal(2), normal(3, 0.5)),
        { name: 'levels', kind: 'level', reference: coins(0, 0.3), current: coins(1, 0.3) },
        { name: 'other levels', kind: 'level', reference: coins(2, 0.2), current: coins(3, 0.9) },
        numbers('much', normal(4), normal(5, 3)),
      ],
      scores: { reference: normal(6), current: normal(7, 1) },
    })
    const moved = drift.columns.filter(({ drifted }) => drifted).map(({ column }) => column)
    expect(moved).toEqual(['much', 'other levels', 'a little'])
    expect(drift.columns.slice(0, 3).map(({ column }) => column)).toEqual(moved)
    for (const { pValue, adjusted } of drift.columns) expect(adjusted).toBeGreaterThanOrEqual(pValue)
    expect(drift.scores).toMatchObject({ drifted: true })
  })

  test('sees values go missing', () => {
    const gone = normal(1).map((x, row) => (row % 4 === 0 ? Number.NaN : x))
    const none = normal(1).fill(Number.NaN)
    const { columns } = driftBetween({
      columns: [
        numbers('gone', normal(0), gone),
        numbers('none', none, normal(0)),
        { name: 'levels', kind: 'level', reference: ['a', 'b'], current: [null, 'b'] },
      ],
    })
    expect(columns).toMatchObject([
      { column: 'none', drifted: true, distance: 1, missing: { reference: 1, current: 0 } },
      { column: 'gone', drifted: true, distance: 0.25, missing: { reference: 0, current: 0.25 } },
      { column: 'levels', drifted: false, distance: 0.5 },
    ])
  })

  test('names any column falsely in at most one of twenty comparisons', () => {
    const alarms = Array.from({ length: 60 }, (_, i) => {
      const columns = [0, 1, 2, 3, 4].map((c) =>
        numbers(`${c}`, normal(20 * i + 2 * c, 0, 50), normal(20 * i + 2 * c + 1, 0, 50)),
      )
      return driftBetween({ columns }).columns.some(({ drifted }) => drifted)
    }).filter(Boolean).length
    // Binomial(60, 0.05) is above 9 with probability 0.001.
    expect(alarms).toBeLessThanOrEqual(9)
  })

  test('needs rows on both sides', () => {
    const empty = new Float64Array(0)
    expect(() =>
      driftBetween({ columns: [numbers('x', normal(0), empty)] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: column "x" in 400 reference rows and 0 current ones; wanted at least one row on each side. Fix: give two samples of rows. [anomaly/drift-empty]]`,
    )
    expect(() =>
      driftBetween({ columns: [], scores: { reference: [1], current: [Number.NaN] } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: score 0 of 1 is not a number; wanted scores that can be put in order. Fix: look at that row for missing or infinite numbers. [anomaly/score]]`,
    )
  })
})
