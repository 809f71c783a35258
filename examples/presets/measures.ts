import type { NDArray } from '../../src/node.ts'

const rowsOf = ({ data, shape }: NDArray): Float64Array[] => {
  const size = data.length / shape[0]
  return Array.from({ length: shape[0] }, (_, i) =>
    Float64Array.from(data.subarray(i * size, (i + 1) * size)),
  )
}
const distance = (a: Float64Array, b: Float64Array) =>
  Math.sqrt(a.reduce((s, v, i) => s + (v - b[i]) ** 2, 0))
const meanDistance = (a: Float64Array[], b: Float64Array[]) => {
  let s = 0,
    n = 0
  for (const x of a)
    for (const y of b)
      if (x !== y) {
        s += distance(x, y)
        n++
      }
  return s / n
}
export function energyDistance(a: NDArray, b: NDArray): number {
  const [x, y] = [rowsOf(a), rowsOf(b)]
  return 2 * meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y)
}
export function nearest(a: NDArray, b: NDArray): number {
  const [x, y] = [rowsOf(a), rowsOf(b)]
  return x.reduce((s, r) => s + Math.min(...y.map((q) => distance(r, q))), 0) / x.length
}
export function normals(count: number, size: number): NDArray<Float32Array> {
  let state = 1
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  return {
    data: Float32Array.from(
      { length: count * size },
      () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
    ),
    shape: [count, size],
  }
}
export function covariance(a: NDArray): number[][] {
  const rows = rowsOf(a)
  const d = rows[0].length
  const m = Array.from({ length: d }, (_, j) => rows.reduce((s, r) => s + r[j], 0) / rows.length)
  return Array.from({ length: d }, (_, i) =>
    Array.from(
      { length: d },
      (_, j) => rows.reduce((s, r) => s + (r[i] - m[i]) * (r[j] - m[j]), 0) / rows.length,
    ),
  )
}
/** -1/2 log det corr */
export function totalCorrelation(cov: number[][]): number {
  const c = cov.map((r, i) => r.map((v, j) => v / Math.sqrt(cov[i][i] * cov[j][j])))
  let logdet = 0
  for (let k = 0; k < c.length; k++) {
    logdet += Math.log(c[k][k])
    for (let i = k + 1; i < c.length; i++) {
      const f = c[i][k] / c[k][k]
      for (let j = k; j < c.length; j++) c[i][j] -= f * c[k][j]
    }
  }
  return -0.5 * logdet
}
