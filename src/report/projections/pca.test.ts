import { expect, test } from 'vitest'
import { pca } from './pca.ts'

test('by hand: points along (3, 4, 0) and (0, 0, 1) about a mean', async () => {
  // Mean (10, 20, 30); offsets ±5 along (0.6, 0.8, 0), ±2 along (0, 0, 1).
  const data = Float32Array.of(13, 24, 30, 7, 16, 30, 10, 20, 32, 10, 20, 28)
  const { points, axes } = await pca.project({ data, shape: [4, 3] })
  const wanted = [5, 0, -5, 0, 0, 2, 0, -2]
  points.data.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i], 10)
  })
  // Variances 12.5 and 2 of 14.5.
  expect(axes).toEqual(['PC 1 · 86.2 % of variance', 'PC 2 · 13.8 % of variance'])
})

test('codes that are all the same have a place, and no variance', async () => {
  const { points, axes } = await pca.project({ data: new Float32Array(12).fill(3), shape: [4, 3] })
  expect([...points.data]).toEqual(new Array(8).fill(0))
  expect(axes[0]).toBe('PC 1 · 0.0 % of variance')
})
