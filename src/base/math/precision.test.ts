import { describe, expect, test } from 'vitest'
import { fillNormal } from '../random.ts'
import { cholesky, factorize } from './cholesky.ts'
import { expectMissing, inverseOf, timesVector } from './precision.ts'

const normal = (count: number, step: number) =>
  Float64Array.from(fillNormal(new Float32Array(count), { seed: 11, stream: 1011, step }))

/** A·Aᵀ + 1. */
function covarianceOf(size: number): Float64Array {
  const a = normal(size * size, size)
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    let sum = i === j ? 1 : 0
    for (let k = 0; k < size; k++) sum += a[i * size + k] * a[j * size + k]
    return sum
  })
}

const product = (matrix: Float64Array, r: Float64Array) =>
  r.map((_, i) => r.reduce((sum, x, j) => sum + matrix[i * r.length + j] * x, 0))

describe.each([1, 3, 4, 7, 12])('of %d numbers', (size) => {
  const covariance = covarianceOf(size)
  const precision = inverseOf(cholesky(covariance, size), size)
  const r = normal(size, 100 + size)

  test('the inverse undoes the covariance', () => {
    for (const [i, x] of product(covariance, product(precision, r)).entries()) expect(x).toBeCloseTo(r[i], 9)
  })

  test('a product is each line’s sum in its order, to the bit', () => {
    const out = new Float64Array(size)
    timesVector(precision, r, out)
    expect(out).toEqual(product(precision, r))
  })

  test('a factor in place is the factor, whatever stands above the diagonal', () => {
    const own = covariance.map((x, at) => (at % size > Math.floor(at / size) ? 99 : x))
    factorize(own, size)
    const lower = own.map((x, at) => (at % size > Math.floor(at / size) ? 0 : x))
    expect(lower).toEqual(cholesky(covariance, size))
  })

  test('what is missing is expected where the squared distance is least, and that falls by what is said', () => {
    const missing = Uint32Array.from({ length: size }, (_, at) => at).filter((at) => at % 2 === 0)
    const residual = r.map((x, at) => (at % 2 === 0 ? 0 : x))
    const out = { mean: new Float64Array(size), factor: new Float64Array(size * size) }
    const fall = expectMissing(precision, residual, missing, missing.length, out)
    const distance = (x: Float64Array) =>
      product(precision, x).reduce((sum, pull, at) => sum + pull * x[at], 0)
    const filled = residual.slice()
    for (const [place, at] of missing.entries()) filled[at] = -out.mean[place]
    expect(distance(residual) - distance(filled)).toBeCloseTo(fall, 9)
    const pulls = product(precision, filled)
    for (const at of missing) expect(pulls[at]).toBeCloseTo(0, 9)
  })
})
