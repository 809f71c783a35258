/** Against the joint Gaussian of a whole series, inverted as it stands. */
import { expect, test } from 'vitest'
import { cholesky } from '../../base/math/cholesky.ts'
import { inverseOf } from '../../base/math/precision.ts'
import { fillNormal, streamOf } from '../../base/random.ts'
import { seriesChain } from './chain.ts'

const WIDTH = 2
const ROWS = 3
const stream = streamOf('test-chain')
/** x′ = A·x + noise: a first-order autoregression, of which three rows tell all. */
const A = [
  [0.7, 0.2],
  [-0.3, 0.6],
]

/** The stationary covariance at a distance of rows: Γ(0) = A·Γ(0)·Aᵀ + I, Γ(k) = A·Γ(k − 1). */
function covariances(lags: number): number[][][] {
  const times = (a: number[][], b: number[][]) =>
    a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)))
  const turned = A[0].map((_, j) => A.map((row) => row[j]))
  let own = [
    [1, 0],
    [0, 1],
  ]
  for (let round = 0; round < 400; round++)
    own = times(times(A, own), turned).map((row, i) => row.map((x, j) => x + (i === j ? 1 : 0)))
  const all = [own]
  for (let lag = 1; lag < lags; lag++) all.push(times(A, all[lag - 1]))
  return all
}

function jointOf(rows: number): Float64Array {
  const size = rows * WIDTH
  const lags = covariances(rows)
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    const [s, t] = [Math.floor(i / WIDTH), Math.floor(j / WIDTH)]
    return s >= t ? lags[s - t][i % WIDTH][j % WIDTH] : lags[t - s][j % WIDTH][i % WIDTH]
  })
}

const COUNT = 12
const mean = Float64Array.of(1, -2)
const chain = seriesChain({
  ...{ width: WIDTH, rows: ROWS },
  mean: Float64Array.from({ length: WIDTH * ROWS }, (_, at) => mean[at % WIDTH]),
  factor: cholesky(jointOf(ROWS), WIDTH * ROWS),
})
const data = Float64Array.from(fillNormal(new Float32Array(COUNT * WIDTH), { seed: 1, stream, step: 0 }))
/** Inside, on both sides of a known row, and four rows at the end. */
const missing = [4, 5, 9, 16, 17, 18, 19, 20, 21, 22, 23]

test('gaps inside and at the end are what the joint Gaussian says, however much longer than a window', () => {
  const known = Uint8Array.from(data, (_, at) => (missing.includes(at) ? 0 : 1))
  const found = chain.gaps({ width: WIDTH, data, known }, { spread: [1, 4] })
  const size = COUNT * WIDTH
  const precision = inverseOf(cholesky(jointOf(COUNT), size), size)
  const own = cholesky(
    Float64Array.from({ length: missing.length ** 2 }, (_, at) => {
      const [a, b] = [Math.floor(at / missing.length), at % missing.length]
      return precision[missing[a] * size + missing[b]]
    }),
    missing.length,
  )
  const covariance = inverseOf(own, missing.length)
  const pull = missing.map((gap) =>
    data.reduce(
      (sum, x, at) => sum + (missing.includes(at) ? 0 : precision[gap * size + at] * (x - mean[at % WIDTH])),
      0,
    ),
  )
  expect([...found.places]).toEqual(missing)
  missing.forEach((gap, a) => {
    const off = pull.reduce((sum, x, b) => sum + covariance[a * missing.length + b] * x, 0)
    expect(found.mean[a]).toBeCloseTo(mean[gap % WIDTH] - off, 8)
    const wanted = Math.sqrt(covariance[a * missing.length + a] * (gap % WIDTH === 1 ? 4 : 1))
    expect(found.deviation[a]).toBeCloseTo(wanted, 8)
  })
})

test('draws of gaps vary as the Gaussian says, together', () => {
  const known = Uint8Array.from(data, (_, at) => (missing.includes(at) ? 0 : 1))
  const draws = 4000
  const noise = Array.from({ length: draws }, (_, step) =>
    fillNormal(new Float32Array(data.length), { seed: 2, stream, step }),
  )
  const {
    mean: expected,
    deviation,
    draws: drawn,
  } = chain.gaps({ width: WIDTH, data, known }, { spread: [1, 1], noise })
  missing.forEach((_, a) => {
    const off = drawn.map((own) => (own[a] - expected[a]) / deviation[a])
    expect(Math.abs(off.reduce((sum, x) => sum + x / draws, 0))).toBeLessThan(4 / Math.sqrt(draws))
    expect(Math.abs(off.reduce((sum, x) => sum + (x * x) / draws, 0) - 1)).toBeLessThan(6 / Math.sqrt(draws))
  })
  // The last two rows: A·Σ, where Σ is what the row before varies by.
  const at = (place: number) => missing.indexOf(place)
  const product = (i: number, j: number) =>
    drawn.reduce(
      (sum, own) => sum + ((own[at(i)] - expected[at(i)]) * (own[at(j)] - expected[at(j)])) / draws,
      0,
    )
  expect(product(22, 20)).toBeCloseTo(A[0][0] * product(20, 20) + A[0][1] * product(20, 21), 0)
})

test('a new series has the correlations of the known autoregression at every distance', () => {
  const count = 60_000
  const made = chain.walk(fillNormal(new Float32Array(count * WIDTH), { seed: 3, stream, step: 0 }))
  const all = covariances(5)
  all.forEach((wanted, lag) => {
    for (const a of [0, 1])
      for (const b of [0, 1]) {
        let sum = 0
        for (let row = lag; row < count; row++) sum += made[row * WIDTH + a] * made[(row - lag) * WIDTH + b]
        const correlation = wanted[a][b] / Math.sqrt(all[0][a][a] * all[0][b][b])
        expect(Math.abs(sum / count - correlation)).toBeLessThan(0.03)
      }
  })
})
