/** What closed forms need beyond the product's own linear algebra. */
import { eigen, type Matrix, multiply, transpose } from '../../src/base/math/linear-algebra.ts'
import { dot } from '../../src/base/math/sums.ts'

export const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))

export const scaled = (m: Matrix, factor: number): number[][] => m.map((row) => row.map((x) => factor * x))

export const plus = (a: Matrix, b: Matrix): number[][] => a.map((row, i) => row.map((x, j) => x + b[i][j]))

/** Largest entry of the difference. */
export const distance = (a: Matrix, b: Matrix): number =>
  Math.max(...plus(a, scaled(b, -1)).flatMap((row) => row.map(Math.abs)))

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
