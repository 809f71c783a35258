import { expect, test } from 'vitest'
import { joinedFloats, joinedRows } from './arrays.ts'

test('numbers are joined in their order, whatever they are kept as', () => {
  expect(joinedFloats([Float64Array.of(1, 2), [], Uint8Array.of(3)])).toEqual(Float32Array.of(1, 2, 3))
  expect(joinedFloats([])).toEqual(new Float32Array(0))
  const alone = Float32Array.of(4)
  expect(joinedFloats([alone])).toBe(alone)
})

test('rows are joined under one another and stay of their kind', () => {
  const upper = { data: Float64Array.of(1, 2, 3, 4), shape: [2, 1, 2] }
  const lower = { data: Float64Array.of(5, 6), shape: [1, 1, 2] }
  expect(joinedRows([upper, lower])).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1, 2] })
})
