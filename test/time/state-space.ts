/** A linear-Gaussian state-space model of known parameters, its filter's likelihood and its smoother. Kalman 1960; Rauch 1965. */
import { cholesky, solveLower } from '../../src/base/math/cholesky.ts'
import { inverseOf } from '../../src/base/math/precision.ts'
import { fillUniform, streamOf } from '../../src/base/random.ts'

type Matrix = readonly (readonly number[])[]

const ANGLE = (2 * Math.PI) / 12
const DECAY = 0.9
/** s' = A·s + N(0, Q), x = C·s + N(0, R), where Q and R are variances of each. */
const A: Matrix = [
  [DECAY * Math.cos(ANGLE), -DECAY * Math.sin(ANGLE)],
  [DECAY * Math.sin(ANGLE), DECAY * Math.cos(ANGLE)],
]
const C: Matrix = [
  [1, 0],
  [0.6, 0.8],
]
const Q = 0.5
const R = 0.3

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)))
const transposed = (a: Matrix): Matrix => a[0].map((_, j) => a.map((row) => row[j]))
const plus = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((x, j) => x + b[i][j]))
const minus = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((x, j) => x - b[i][j]))
const diagonal = (x: number): Matrix => [
  [x, 0],
  [0, x],
]
const inverse = (a: Matrix): Matrix => {
  const flat = inverseOf(cholesky(Float64Array.from(a.flat()), a.length), a.length)
  return a.map((_, i) => a.map((_, j) => flat[i * a.length + j]))
}
const column = (x: readonly number[]): Matrix => x.map((own) => [own])

const stream = streamOf('test-state-space')

/** Rows of two numbers, begun in the stationary state. */
export function stateSpaceSeries(rows: number, seed: number): number[][] {
  const pair = new Float32Array(2)
  let step = 0
  const normal = () => {
    fillUniform(pair, { seed, stream, step: step++ })
    return Math.sqrt(-2 * Math.log(Math.max(pair[0], 1e-7))) * Math.cos(2 * Math.PI * pair[1])
  }
  const start = Math.sqrt(Q / (1 - DECAY ** 2))
  let state = column([start * normal(), start * normal()])
  return Array.from({ length: rows }, () => {
    const x = times(C, state).map(([own]) => own + Math.sqrt(R) * normal())
    state = plus(times(A, state), column([Math.sqrt(Q) * normal(), Math.sqrt(Q) * normal()]))
    return x
  })
}

/**
 * −log p of each row given those before it, the mean of each number given all that are known, and its variance given the
 * rows before it; null is missing.
 */
export function filterAndSmooth(rows: readonly (readonly (number | null)[])[]): {
  readonly nats: number[]
  readonly smoothed: number[][]
  readonly ahead: number[][]
} {
  const passed: { mean: Matrix; variance: Matrix; before: Matrix; around: Matrix }[] = []
  const nats: number[] = []
  let before = column([0, 0])
  let around = diagonal(Q / (1 - DECAY ** 2))
  for (const row of rows) {
    const places = [0, 1].filter((at) => row[at] !== null)
    let [mean, variance] = [before, around]
    let own = 0
    if (places.length > 0) {
      const seen = places.map((at) => C[at])
      const off = minus(column(places.map((at) => row[at] as number)), times(seen, before))
      const spread = plus(
        times(times(seen, around), transposed(seen)),
        places.map((_, i) => places.map((_, j) => (i === j ? R : 0))),
      )
      const factor = cholesky(Float64Array.from(spread.flat()), places.length)
      const whitened = Float64Array.from(off.flat())
      solveLower(factor, places.length, whitened)
      whitened.forEach((y, k) => {
        own += (y * y + Math.log(2 * Math.PI)) / 2 + Math.log(factor[k * places.length + k])
      })
      const gain = times(times(around, transposed(seen)), inverse(spread))
      mean = plus(before, times(gain, off))
      variance = minus(around, times(times(gain, seen), around))
    }
    nats.push(own)
    passed.push({ mean, variance, before, around })
    before = times(A, mean)
    around = plus(times(times(A, variance), transposed(A)), diagonal(Q))
  }
  let mean = passed[passed.length - 1].mean
  const smoothed = [times(C, mean).map(([x]) => x)]
  for (let t = passed.length - 2; t >= 0; t--) {
    const next = passed[t + 1]
    const gain = times(times(passed[t].variance, transposed(A)), inverse(next.around))
    mean = plus(passed[t].mean, times(gain, minus(mean, next.before)))
    smoothed.push(times(C, mean).map(([x]) => x))
  }
  const ahead = passed.map(({ around }) => {
    const spread = times(times(C, around), transposed(C))
    return C.map((_, at) => spread[at][at] + R)
  })
  return { nats, smoothed: smoothed.reverse(), ahead }
}
