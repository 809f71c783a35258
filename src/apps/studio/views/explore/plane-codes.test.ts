import { expect, test } from 'vitest'
import type { LatentPlane } from '../../protocol.ts'
import { marking, onPlane } from './plane-codes.ts'

const back = {
  origin: Float32Array.of(1, 2, 3),
  across: Float32Array.of(1, 0, 1),
  up: Float32Array.of(0.5, 2, 0),
}
const plane: LatentPlane = {
  points: Float32Array.of(5, 6, 7, 8),
  axes: ['a', 'b'],
  examples: Uint32Array.of(40, 41),
  colorings: [],
  codes: new Float32Array(6),
}

test('a place becomes a code and is found again', () => {
  const code = onPlane(back, [2, -1])
  expect([...code]).toEqual([2.5, 0, 5])
  const [x, y] = marking({ ...plane, back }, code, undefined) ?? []
  expect(x).toBeCloseTo(2)
  expect(y).toBeCloseTo(-1)
})

test('a map that cannot be undone marks examples alone', () => {
  expect(marking(plane, new Float32Array(3), 41)).toEqual([7, 8])
  expect(marking(plane, new Float32Array(3), 7)).toBeUndefined()
  expect(marking(plane, new Float32Array(3), undefined)).toBeUndefined()
})
