/** As much linear algebra as closed forms need, in float64, on matrices of a few rows. */

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[]

export const transpose = (m: Matrix): number[][] => m[0].map((_, column) => m.map((row) => row[column]))

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0)

export const multiply = (a: Matrix, b: Matrix): number[][] => {
  const columns = transpose(b)
  return a.map((row) => columns.map((column) => dot(row, column)))
}

export const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))

export const scaled = (m: Matrix, factor: number): number[][] => m.map((row) => row.map((x) => factor * x))

export const plus = (a: Matrix, b: Matrix): number[][] => a.map((row, i) => row.map((x, j) => x + b[i][j]))

/** Largest entry of the difference. */
export const distance = (a: Matrix, b: Matrix): number =>
  Math.max(...plus(a, scaled(b, -1)).flatMap((row) => row.map(Math.abs)))

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

export const average = (numbers: readonly number[]): number => sum(numbers) / numbers.length

export function centered(rows: Matrix): number[][] {
  const means = transpose(rows).map(average)
  return rows.map((row) => row.map((x, i) => x - means[i]))
}

/** Of the rows, divided by their number: the estimate of maximum likelihood. */
export function covariance(rows: Matrix): number[][] {
  const columns = transpose(centered(rows))
  return columns.map((a) => columns.map((b) => dot(a, b) / rows.length))
}

export interface Eigen {
  /** From the largest to the smallest. */
  readonly values: readonly number[]
  /** Of length 1, in the order of the values. */
  readonly vectors: Matrix
}

const SWEEPS = 60

/** Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations. Golub & Van Loan 2013, §8.5. */
export function eigen(symmetric: Matrix): Eigen {
  const a = symmetric.map((row) => [...row])
  const vectors = identity(a.length)
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) rotate(a, vectors, p, q)
  const order = a.map((_, i) => i).sort((i, j) => a[j][j] - a[i][i])
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => vectors[i]) }
}

/** Makes entry [p, q] zero; `vectors` holds eigenvectors as rows. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  if (a[p][q] === 0) return
  const angle = 0.5 * Math.atan2(2 * a[p][q], a[p][p] - a[q][q])
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  for (const row of a) turn(row, p, q, c, s)
  for (const rows of [a, vectors])
    for (let k = 0; k < rows.length; k++) {
      const [x, y] = [rows[p][k], rows[q][k]]
      rows[p][k] = c * x + s * y
      rows[q][k] = c * y - s * x
    }
}

function turn(row: number[], p: number, q: number, c: number, s: number): void {
  const [x, y] = [row[p], row[q]]
  row[p] = c * x + s * y
  row[q] = c * y - s * x
}

/** From the largest to the smallest, as many as there are columns. */
export const singularValues = (m: Matrix): number[] =>
  eigen(multiply(transpose(m), m)).values.map((value) => Math.sqrt(Math.max(value, 0)))

/** Largest principal angle in radians between the space of a matrix's columns and that of orthonormal `vectors`. */
export function largestAngle(columns: Matrix, vectors: Matrix): number {
  const { values, vectors: right } = eigen(multiply(transpose(columns), columns))
  const basis = right.map((direction, i) => columns.map((row) => dot(row, direction) / Math.sqrt(values[i])))
  const missed = basis.map((b) => {
    const inside = vectors.map((v) => dot(b, v))
    return b.map((x, i) => x - dot(inside, transpose(vectors)[i]))
  })
  return Math.asin(Math.min(1, singularValues(transpose(missed))[0]))
}

/** X of A·X = B by Gauss–Jordan elimination with pivots. */
export function solve(a: Matrix, b: Matrix): number[][] {
  const size = a.length
  const rows = a.map((row, i) => [...row, ...b[i]])
  for (let column = 0; column < size; column++) {
    const candidates = rows.slice(column).map((row) => Math.abs(row[column]))
    const pivot = column + candidates.indexOf(Math.max(...candidates))
    ;[rows[column], rows[pivot]] = [rows[pivot], rows[column]]
    rows[column] = rows[column].map((x) => x / rows[column][column])
    for (let i = 0; i < size; i++)
      if (i !== column) rows[i] = rows[i].map((x, k) => x - rows[i][column] * rows[column][k])
  }
  return rows.map((row) => row.slice(size))
}
