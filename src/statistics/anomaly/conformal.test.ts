import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillNormal, fillUniform, streamOf } from '../../base/random.ts'
import { calibrationOf, conformalThreshold, neededCalibration, pValue } from './conformal.ts'
import { benjaminiHochberg } from './multiple-testing.ts'

const scoresOf = (name: string, step: number, count: number) =>
  fillNormal(new Float32Array(count), { seed: 0, stream: streamOf(name), step })

describe('conformal p-values', () => {
  test('count the calibration scores that are as great', () => {
    const calibration = calibrationOf([3, 1, 2, 2])
    expect([0, 1, 2, 2.5, 3, 4].map((score) => pValue(calibration, score))).toEqual(
      [5, 5, 4, 2, 2, 1].map((above) => above / 5),
    )
  })

  test('need calibration scores that are numbers', () => {
    expect(() => calibrationOf([])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: no calibration scores; wanted scores of normal rows that were held out from training. Fix: hold out some normal rows and score them. [anomaly/calibration-empty]]`,
    )
    expect(() => calibrationOf([1, Number.NaN])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: score 1 of 2 is not a number; wanted scores that can be put in order. Fix: look at that row for missing or infinite numbers. [anomaly/score]]`,
    )
    expect(() => pValue(calibrationOf([1]), Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: score 0 of 1 is not a number; wanted scores that can be put in order. Fix: look at that row for missing or infinite numbers. [anomaly/score]]`,
    )
  })
})

describe('the conformal threshold', () => {
  test('is the k-th greatest calibration score', () => {
    const calibration = calibrationOf(Array.from({ length: 99 }, (_, i) => i + 1))
    expect(conformalThreshold(calibration, 0.01)).toBe(99)
    expect(conformalThreshold(calibration, 0.0199)).toBe(99)
    expect(conformalThreshold(calibration, 0.02)).toBe(98)
    // 0.29 · 100 is below 29 in floating point.
    expect(conformalThreshold(calibration, 0.29)).toBe(71)
  })

  test('flags exactly the rows of p-value ≤ α', () => {
    const score = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 20, maxLength: 60 }),
        fc.integer({ min: 5, max: 99 }),
        (own, hundredths) => {
          const calibration = calibrationOf(own)
          const threshold = conformalThreshold(calibration, hundredths / 100)
          for (let fresh = -1; fresh <= 31; fresh++)
            expect(fresh > threshold).toBe(pValue(calibration, fresh) <= hundredths / 100)
        },
      ),
    )
  })

  test('says how many calibration scores it needs', () => {
    const calibration = calibrationOf([1, 2, 3])
    expect(() => conformalThreshold(calibration, 0.01)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 3 calibration scores for a false-alarm rate of 0.01; wanted at least 99. Fix: hold out 99 or more normal rows, or ask for a rate of 0.25 or more. [anomaly/calibration-size]]`,
    )
    expect(() => conformalThreshold(calibration, 0)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a false-alarm rate of 0; wanted a number in the range (0, 1). Fix: give the share of normal rows that may be flagged, such as 0.01. [anomaly/false-alarm]]`,
    )
    for (const alpha of [0.5, 0.3, 0.1, 0.07, 0.01, 0.003, 1e-4]) {
      const needed = neededCalibration(alpha)
      expect(1 / (needed + 1)).toBeLessThanOrEqual(alpha)
      expect(1 / needed).toBeGreaterThan(alpha)
    }
  })
})

/** P(X ≤ x) of a beta-binomial of `rows` draws with parameters a and b, for x from 0 on. */
function betaBinomial(rows: number, a: number, b: number): number[] {
  let mass = 1
  for (let i = 0; i < rows; i++) mass *= (b + i) / (a + b + i)
  let sum = 0
  return Array.from({ length: rows + 1 }, (_, x) => {
    sum += mass
    mass *= ((rows - x) / (x + 1)) * ((a + x) / (b + rows - x - 1))
    return sum
  })
}

describe('the promise, over 200 calibrations of 199 rows and as many times 500 fresh rows', () => {
  const [size, rows, repetitions] = [199, 500, 200]

  test.each([0.01, 0.05, 0.1])('false alarms at %f are distributed as they must be', (alpha) => {
    const alarms = Array.from({ length: repetitions }, (_, step) => {
      const calibration = calibrationOf(scoresOf('calibration', step, size))
      const threshold = conformalThreshold(calibration, alpha)
      return scoresOf('fresh', step, rows).filter((score) => score > threshold).length
    })
    const k = Math.round(alpha * (size + 1))
    const below = betaBinomial(rows, k, size + 1 - k)
    // The counts' distribution function is at most √(ln(2/δ)/2n) from the true one but for δ = 0.001 (Massart 1990).
    const band = Math.sqrt(Math.log(2 / 0.001) / (2 * repetitions))
    below.forEach((probability, count) => {
      const share = alarms.filter((own) => own <= count).length / repetitions
      expect(Math.abs(share - probability), `${count} alarms or fewer`).toBeLessThan(band)
    })
    // The mean count is α·rows, its deviation that of the beta-binomial (three of them either way).
    const mean = alarms.reduce((sum, own) => sum + own, 0) / repetitions
    const promised = k / (size + 1)
    const variance = (rows * promised * (1 - promised) * (size + 1 + rows)) / (size + 2)
    expect(Math.abs(mean - alpha * rows)).toBeLessThan(3 * Math.sqrt(variance / repetitions))
  })

  test('Benjamini–Hochberg on conformal p-values keeps the share of normal rows selected', () => {
    const shares = Array.from({ length: repetitions }, (_, step) => {
      const calibration = calibrationOf(scoresOf('calibration', step, 999))
      const shift = fillUniform(new Float32Array(20), { seed: 0, stream: streamOf('shift'), step }, 3, 6)
      const scores = scoresOf('fresh', step, 200).map((score, row) => score + (shift[row] ?? 0))
      const selected = benjaminiHochberg(
        Array.from(scores, (score) => pValue(calibration, score)),
        0.1,
      )
      return selected.filter((row) => row >= 20).length / Math.max(1, selected.length)
    })
    const mean = shares.reduce((sum, share) => sum + share, 0) / repetitions
    const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / repetitions)
    expect(mean).toBeLessThan(0.1 * (180 / 200) + (3 * deviation) / Math.sqrt(repetitions))
    expect(mean).toBeGreaterThan(0.02)
  })
})
