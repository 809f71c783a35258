import fc from 'fast-check'
import { expect, test } from 'vitest'
import { symmetricEigen } from './symmetric-eigen.ts'

test('a matrix worked out by hand: [[2, 1], [1, 2]] has 3 along (1, 1) and 1 along (1, −1)', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
  const half = Math.SQRT1_2
  expect([...values].map((x) => Number(x.toFixed(12)))).toEqual([3, 1])
  expect(vectors[0]).toBeCloseTo(half, 12)
  expect(vectors[1]).toBeCloseTo(half, 12)
  expect(vectors[2]).toBeCloseTo(half, 12)
  expect(vectors[3]).toBeCloseTo(-half, 12)
})

test('values descend, vectors are orthonormal, and together they are the matrix', () => {
  const entries = fc.integer({ min: 1, max: 6 }).chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
        minLength: size * size,
        maxLength: size * size,
      }),
    ),
  )
  fc.assert(
    fc.property(entries, ([size, numbers]) => {
      const matrix = Float64Array.from(numbers, (_, at) => {
        const [i, j] = [Math.floor(at / size), at % size]
        return numbers[i * size + j] + numbers[j * size + i]
      })
      const { values, vectors } = symmetricEigen(matrix, size)
      for (let k = 1; k < size; k++) expect(values[k]).toBeLessThanOrEqual(values[k - 1])
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) {
          let [inner, entry] = [0, 0]
          for (let k = 0; k < size; k++) {
            inner += vectors[i * size + k] * vectors[j * size + k]
            entry += values[k] * vectors[k * size + i] * vectors[k * size + j]
          }
          expect(inner).toBeCloseTo(i === j ? 1 : 0, 10)
          expect(entry).toBeCloseTo(matrix[i * size + j], 9)
        }
    }),
  )
})

test.each([2 ** -1074, 1.5717277847026288e-162, 1e300])(
  'entries of %d, whose squares are no doubles',
  (entry) => {
    const { values, vectors } = symmetricEigen(Float64Array.of(0, entry, 0, entry, 0, 0, 0, 0, 0), 3)
    for (const [i, wanted] of [1, 0, -1].entries()) expect(values[i] / entry).toBeCloseTo(wanted, 12)
    const half = Math.SQRT1_2
    for (const [i, wanted] of [half, half, 0].entries()) expect(vectors[i]).toBeCloseTo(wanted, 12)
  },
)
