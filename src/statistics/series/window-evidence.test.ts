import { describe, expect, test } from 'vitest'
import { cholesky } from '../../base/math/cholesky.ts'
import { inverseOf } from '../../base/math/precision.ts'
import { fillUniform, streamOf } from '../../base/random.ts'
import { cleanedEvidence, plainEvidence, type WindowGaussian } from './window-evidence.ts'

const ROWS = 6
const WIDTH = 2
/** Two autoregressions, the second of which follows the first. */
const covarianceOf = (a: number, b: number): number => {
  const [lag, same] = [Math.abs((a % ROWS) - (b % ROWS)), Math.floor(a / ROWS) === Math.floor(b / ROWS)]
  return (same ? 1 : 0.6) * 0.8 ** lag
}
const size = ROWS * WIDTH
const covariance = Float64Array.from({ length: size * size }, (_, at) =>
  covarianceOf(Math.floor(at / size), at % size),
)
const gaussian: WindowGaussian = {
  width: WIDTH,
  rows: ROWS,
  mean: new Float64Array(size).fill(0.5),
  precision: inverseOf(cholesky(covariance, size), size),
}

/** Mean and variance of one number given some others, by solving for it with what is known alone. */
function given(x: Float64Array, at: number, known: readonly number[]): { mean: number; variance: number } {
  const n = known.length
  const own = Float64Array.from({ length: n * n }, (_, k) =>
    covarianceOf(known[Math.floor(k / n)], known[k % n]),
  )
  const inverse = inverseOf(cholesky(own, n), n)
  let [mean, variance] = [0.5, covarianceOf(at, at)]
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const weight = covarianceOf(at, known[i]) * inverse[i * n + j]
      mean += weight * (x[known[j]] - 0.5)
      variance -= weight * covarianceOf(known[j], at)
    }
  return { mean, variance }
}

function seriesOf(count: number) {
  const data = new Float64Array(count * WIDTH)
  const noise = new Float32Array(4 * count)
  fillUniform(noise, { seed: 5, stream: streamOf('evidence'), step: 0 })
  const normal = (at: number) =>
    Math.sqrt(-2 * Math.log(noise[at] || 0.5)) * Math.cos(2 * Math.PI * noise[at + 1])
  let [a, b] = [0, 0]
  for (let row = 0; row < count; row++) {
    const [first, second] = [normal(4 * row), normal(4 * row + 2)]
    a = 0.8 * a + 0.6 * first
    b = 0.8 * b + 0.6 * (0.6 * first + 0.8 * second)
    data[row * 2] = 0.5 + a
    data[row * 2 + 1] = 0.5 + b
  }
  return { width: WIDTH, data, known: new Uint8Array(data.length).fill(1) }
}

/** One window by column, as the Gaussian has it. */
const windowOf = (data: Float64Array): Float64Array =>
  Float64Array.from({ length: size }, (_, at) => data[(at % ROWS) * WIDTH + Math.floor(at / ROWS)])
const others = (without: readonly number[]) =>
  Array.from({ length: size }, (_, at) => at).filter((at) => !without.includes(at))

describe('evidence of one window', () => {
  test('is the squared distance from what all other numbers lead to expect', () => {
    const series = seriesOf(ROWS)
    const x = windowOf(series.data)
    const { distance, expected } = plainEvidence(gaussian, series)
    for (let at = 0; at < size; at++) {
      const { mean, variance } = given(x, at, others([at]))
      const place = (at % ROWS) * WIDTH + Math.floor(at / ROWS)
      expect(expected[place]).toBeCloseTo(mean, 9)
      expect(distance[place]).toBeCloseTo((x[at] - mean) ** 2 / variance, 8)
    }
  })

  test('leaves what is missing out of what the others lead to expect, and says what it should be', () => {
    const series = seriesOf(ROWS)
    const x = windowOf(series.data)
    for (const place of [3, 4, 6]) {
      series.known[place] = 0
      series.data[place] = 0
    }
    // By column: row 1 of the second column, and rows 2 and 3 of the first.
    const gaps = [ROWS + 1, 2, 3]
    const { distance, expected } = plainEvidence(gaussian, series)
    for (const at of gaps) {
      const place = (at % ROWS) * WIDTH + Math.floor(at / ROWS)
      expect(expected[place]).toBeCloseTo(given(x, at, others(gaps)).mean, 9)
      expect(distance[place]).toBe(0)
    }
    const { mean, variance } = given(x, 1, others([...gaps, 1]))
    expect(distance[2]).toBeCloseTo((x[1] - mean) ** 2 / variance, 8)
  })
})

describe('a series', () => {
  test('of independent windows has a distance of one variance on average', () => {
    const { distance } = plainEvidence(gaussian, seriesOf(4000))
    const mean = distance.reduce((sum, own) => sum + own / distance.length, 0)
    expect(mean).toBeGreaterThan(0.93)
    expect(mean).toBeLessThan(1.07)
  })

  test('a wrong number blames no other: what stands around it is as likely as without it', () => {
    const clean = seriesOf(200)
    const before = plainEvidence(gaussian, clean)
    const spiked = { ...clean, data: clean.data.slice() }
    spiked.data[200] += 12
    const blamed = plainEvidence(gaussian, spiked)
    const found = cleanedEvidence(gaussian, spiked, [1, 1])
    expect(found.distance[200]).toBeGreaterThan(100)
    expect(found.expected[200]).toBeCloseTo(before.expected[200], 1)
    for (const place of [198, 201, 202]) {
      expect(blamed.distance[place]).toBeGreaterThan(20)
      expect(found.distance[place]).toBeLessThan(8)
    }
  })

  test('what lies further off than a window is the same to the bit', () => {
    const clean = seriesOf(200)
    const spiked = { ...clean, data: clean.data.slice() }
    spiked.data[200] += 12
    const [a, b] = [cleanedEvidence(gaussian, clean, [1, 1]), cleanedEvidence(gaussian, spiked, [1, 1])]
    for (let at = 0; at < 200 - 2 * WIDTH * ROWS; at++) expect(b.distance[at]).toBe(a.distance[at])
  })
})
