import { fillNormal, fillUniform } from '../../src/base/random.ts'

/** A table of correlated normal columns, a share of whose cells is missing, and what is exactly known of it. */
export interface GaussianTable {
  readonly names: readonly string[]
  /** All cells. */
  readonly full: readonly (readonly number[])[]
  /** The same with gaps. */
  readonly rows: readonly (readonly (number | null)[])[]
  /** E[missing | known] of each row, what is known as it is. */
  conditionalMean(row: readonly (number | null)[]): number[]
  /** log p(known) of a row in nats. */
  logDensity(row: readonly (number | null)[]): number
}

const LOADINGS = [
  [1, 0],
  [0.8, 0.6],
  [-0.9, 0.3],
  [0, 1.1],
  [0.5, -0.7],
  [0.2, 0.9],
]
const NOISE = 0.6
const D = LOADINGS.length

const covariance = LOADINGS.map((a, i) =>
  LOADINGS.map((b, j) => a[0] * b[0] + a[1] * b[1] + (i === j ? NOISE ** 2 : 0)),
)

/** Two factors behind six columns: x = Λf + noise. */
export function gaussianTable(count: number, missing: number, seed: number): GaussianTable {
  const factors = fillNormal(new Float32Array(count * 2), { seed, stream: 1001, step: 0 })
  const noise = fillNormal(new Float32Array(count * D), { seed, stream: 1001, step: 1 })
  const gaps = fillUniform(new Float32Array(count * D), { seed, stream: 1001, step: 2 })
  const full = Array.from({ length: count }, (_, i) =>
    LOADINGS.map((a, j) => a[0] * factors[2 * i] + a[1] * factors[2 * i + 1] + NOISE * noise[i * D + j]),
  )
  const rows = full.map((row, i) => row.map((x, j) => (gaps[i * D + j] < missing ? null : x)))
  return { names: LOADINGS.map((_, j) => `x${j}`), full, rows, conditionalMean, logDensity }
}

const knownOf = (row: readonly (number | null)[]): number[] => row.flatMap((x, j) => (x === null ? [] : [j]))

function conditionalMean(row: readonly (number | null)[]): number[] {
  const known = knownOf(row)
  const weights = solve(
    known.map((i) => known.map((j) => covariance[i][j])),
    known.map((i) => row[i] as number),
  )
  return row.map((x, j) => x ?? known.reduce((sum, i, k) => sum + covariance[j][i] * weights[k], 0))
}

function logDensity(row: readonly (number | null)[]): number {
  const known = knownOf(row)
  const matrix = known.map((i) => known.map((j) => covariance[i][j]))
  const x = known.map((i) => row[i] as number)
  const distance = solve(matrix, x).reduce((sum, w, k) => sum + w * x[k], 0)
  return -0.5 * (distance + logDeterminant(matrix) + known.length * Math.log(2 * Math.PI))
}

/** Gaussian elimination of a positive definite system; the pivots' product is the determinant. */
function eliminate(matrix: readonly (readonly number[])[], right: readonly number[]) {
  const rows = matrix.map((row, i) => [...row, right[i]])
  const pivots: number[] = []
  for (let k = 0; k < rows.length; k++) {
    pivots.push(rows[k][k])
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k]
      for (let j = k; j <= rows.length; j++) rows[i][j] -= factor * rows[k][j]
    }
  }
  return { rows, pivots }
}

function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const { rows } = eliminate(matrix, right)
  const x = new Array<number>(right.length).fill(0)
  for (let i = right.length - 1; i >= 0; i--) {
    let sum = rows[i][right.length]
    for (let j = i + 1; j < right.length; j++) sum -= rows[i][j] * x[j]
    x[i] = sum / rows[i][i]
  }
  return x
}

const logDeterminant = (matrix: readonly (readonly number[])[]): number =>
  eliminate(matrix, new Array<number>(matrix.length).fill(0)).pivots.reduce((sum, p) => sum + Math.log(p), 0)
