import { expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { fillNormal } from '../../base/random.ts'
import { umap } from './umap.ts'

/** Three groups in five dimensions, 20 deviations apart, row by row in turn. */
function groups(count: number): NDArray<Float32Array> {
  const data = fillNormal(new Float32Array(count * 5), { seed: 1, stream: 1, step: 0 })
  for (let row = 0; row < count; row++) data[row * 5 + (row % 3)] += 20
  return { data, shape: [count, 5] }
}

test('groups stay groups', async () => {
  const { points, axes } = await umap.project(groups(90))
  expect(points.shape).toEqual([90, 2])
  expect(axes).toEqual(['UMAP 1', 'UMAP 2'])
  const { data } = points
  const distance = (a: number, b: number) =>
    Math.hypot(data[2 * a] - data[2 * b], data[2 * a + 1] - data[2 * b + 1])
  const rows = [...Array(90).keys()]
  const neighborsOf = (row: number) =>
    rows.filter((other) => other !== row).toSorted((a, b) => distance(row, a) - distance(row, b))
  for (const row of rows)
    expect(
      neighborsOf(row)
        .slice(0, 10)
        .every((other) => other % 3 === row % 3),
      `row ${row}`,
    ).toBe(true)
})

test('the same codes have the same map', async () => {
  const [first, again] = [await umap.project(groups(30)), await umap.project(groups(30))]
  expect(again.points.data).toEqual(first.points.data)
})

test.each([4, 9])('%i codes, or codes that are all the same, have a place', async (count) => {
  for (const codes of [groups(count), { data: new Float32Array(count * 3).fill(2), shape: [count, 3] }]) {
    const { points } = await umap.project(codes)
    expect(points.data.every(Number.isFinite)).toBe(true)
    expect(points.data).toHaveLength(2 * count)
  }
})

test('three codes are refused', async () => {
  await expect(umap.project(groups(3))).rejects.toMatchInlineSnapshot(
    `[BetavaeError: 3 codes to map by UMAP; wanted at least 4. Fix: map more examples, or map these by pca. [map/umap-codes]]`,
  )
})
