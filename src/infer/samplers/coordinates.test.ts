import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { fillNormal } from '../../base/random.ts'
import { coordinatesOf } from './coordinates.ts'

const points = (length: (row: number) => number): NDArray<Float32Array> => {
  const data = fillNormal(new Float32Array(300), { seed: 1, stream: 1, step: 0 })
  for (let row = 0; row < 100; row++) {
    const own = data.subarray(3 * row, 3 * row + 3)
    const factor = length(row) / Math.hypot(...own)
    for (let d = 0; d < 3; d++) own[d] *= factor
  }
  return { data, shape: [100, 3] }
}
const lengths = ({ data }: NDArray) =>
  Array.from({ length: 100 }, (_, row) => Math.hypot(...data.subarray(3 * row, 3 * row + 3)))

describe('coordinates', () => {
  test('of the ball are as long as codes are away from its center, and lead back', () => {
    const { inside, outside } = coordinatesOf({ kind: 'ball', curvature: 0.7 })!
    const root = Math.sqrt(0.7)
    const codes = points((row) => (0.99 * row) / 100 / root)
    const moved = inside(codes)
    lengths(moved).forEach((length, row) => {
      expect(length).toBeCloseTo((2 * Math.atanh((0.99 * row) / 100)) / root, 4)
    })
    outside(moved as NDArray<Float32Array>).data.forEach((x, i) => {
      expect(x).toBeCloseTo(codes.data[i], 5)
    })
  })

  test('of the sphere have a volume, the same directions, and lose their lengths again', () => {
    const { inside, outside } = coordinatesOf({ kind: 'sphere' })!
    const codes = points(() => 1)
    const moved = inside(codes)
    expect(Math.max(...lengths(moved))).toBeGreaterThan(1.1)
    expect(Math.min(...lengths(moved))).toBeLessThan(0.9)
    outside(moved as NDArray<Float32Array>).data.forEach((x, i) => {
      expect(x).toBeCloseTo(codes.data[i], 6)
    })
  })

  test('of levels there are none', () => {
    expect(coordinatesOf({ kind: 'discrete', levels: [2] })).toBeUndefined()
  })
})
