import { expect, test } from 'vitest'
import { fillUniform, streamOf } from '../../base/random.ts'
import { calibrationOf, conformalThreshold, neededCalibration, pValue } from '../anomaly/conformal.ts'
import { clusterSize } from './cluster-size.ts'

const stream = streamOf('test-clusters')

/** Uniform numbers, each so many times in a row. */
function clustered(count: number, often: number, step: number): Float64Array {
  const own = new Float32Array(Math.ceil(count / often))
  fillUniform(own, { seed: 5, stream, step })
  return Float64Array.from({ length: count }, (_, at) => own[Math.floor(at / often)])
}

test('independent scores come one by one, clustered ones together', () => {
  expect(clusterSize([clustered(4000, 1, 0)])).toBe(1)
  for (const often of [3, 8]) expect(clusterSize([clustered(8000, often, 1)]) / often).toBeCloseTo(1, 0)
  expect(clusterSize([clustered(8000, 4, 2), clustered(8000, 4, 3)])).toBeGreaterThan(3)
  expect(clusterSize([])).toBe(1)
})

test('a promised rate holds where rows are odd six together, which by rows alone it does not', () => {
  const [rate, often, count, repetitions] = [0.04, 6, 240, 400]
  const rates = { blocks: 0, rows: 0 }
  for (let at = 0; at < repetitions; at++) {
    const held = clustered(count, often, 10 + at)
    const fresh = clustered(count, often, 1000 + at)
    const share = (block: number) => {
      const calibration = calibrationOf(held, block)
      return fresh.filter((score) => pValue(calibration, score) <= rate).length / count / repetitions
    }
    rates.blocks += share(often)
    rates.rows += share(1)
  }
  // A rate of 40 blocks is a draw of Beta(1, 40), or of Beta(2, 39).
  expect(rates.blocks).toBeCloseTo(1 / 41, 2)
  expect(rates.rows).toBeCloseTo(2 / 41, 2)
  expect(rates.rows).toBeGreaterThan(rate)
})

test('a threshold is where p-values of blocks meet the rate, and says how many rows it needs', () => {
  const needed = neededCalibration(0.05, 4)
  const scores = Array.from({ length: needed }, (_, at) => at)
  const calibration = calibrationOf(scores, 4)
  const threshold = conformalThreshold(calibration, 0.05)
  expect(pValue(calibration, threshold)).toBeGreaterThan(0.05)
  expect(pValue(calibration, threshold + 0.5)).toBeLessThanOrEqual(0.05)
  expect(() => conformalThreshold(calibrationOf(scores.slice(1), 4), 0.05)).toThrow(`at least ${needed}`)
})
