import { describe, expect, test } from 'vitest'
import { ndarray } from '../../../base/arrays.ts'
import { fillNormal } from '../../../base/random.ts'
import { distanceToMean } from './distance-to-mean.ts'
import { drawRows } from './draw-rows.ts'
import { isolationForest } from './isolation-forest.ts'
import { expectedPath, growIsolationTree, pathOf } from './isolation-tree.ts'
import { mahalanobis } from './mahalanobis.ts'
import { nearestNeighbors } from './nearest-neighbors.ts'
import { pcaReconstruction } from './pca-reconstruction.ts'

const columnOf = (values: readonly number[]) => ndarray(Float64Array.from(values), [values.length, 1])
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9))

/** Two rows along (1, 1) and two across it. */
const cross = ndarray(Float64Array.of(3, 3, -3, -3, 1, -1, -1, 1), [4, 2])

describe('nearest neighbors', () => {
  test('measure the fifth distance, in standard deviations', () => {
    const values = [0, 1, 2, 3, 4, 5, 6]
    // Mean 3, variance 4; the fifth nearest to 10 is 2; to 3, itself among them, 1 or 5.
    expect([...nearestNeighbors.fit(columnOf(values), 0).score(columnOf([10, 3]))]).toEqual(
      near([8 / 2, 2 / 2]),
    )
  })

  test('take as many as there are', () => {
    expect([...nearestNeighbors.fit(columnOf([-1, 1]), 0).score(columnOf([3]))]).toEqual(near([4]))
  })

  test('are those that sorting all distances finds', () => {
    const [count, width] = [150, 19]
    const data = fillNormal(new Float32Array(count * width), { seed: 0, stream: 0, step: 0 })
    const rows = ndarray(data, [count, width])
    const z = Array.from({ length: count }, () => new Float64Array(width))
    for (let column = 0; column < width; column++) {
      const own = Array.from({ length: count }, (_, row) => data[row * width + column])
      const mean = own.reduce((sum, x) => sum + x, 0) / count
      const deviation = Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count)
      own.forEach((x, row) => {
        z[row][column] = (x - mean) / deviation
      })
    }
    const wanted = z.map(
      (a) => z.map((b) => Math.hypot(...a.map((x, i) => x - b[i]))).sort((p, q) => p - q)[4],
    )
    expect([...nearestNeighbors.fit(rows, 0).score(rows)]).toEqual(near(wanted))
  })
})

describe('principal components', () => {
  // Standardized, cross is divided by √5: variance 18/5·2/4 = 1.8 along (1, 1)/√2, and 0.2 across.
  test('Mahalanobis distance weighs each direction by its own variance', () => {
    expect([...mahalanobis.fit(cross, 0).score(cross)]).toEqual(near([2, 2, 2, 2]))
  })

  test('reconstruction keeps what explains more than a column and measures the rest', () => {
    expect([...pcaReconstruction.fit(cross, 0).score(cross)]).toEqual(near([0, 0, 0.4, 0.4]))
  })

  test('the distance to the mean knows no directions', () => {
    const wanted = [18, 18, 2, 2].map((squared) => Math.sqrt(squared / 5))
    expect([...distanceToMean.fit(cross, 0).score(cross)]).toEqual(near(wanted))
  })

  test('directions in which nothing varied count in reconstruction, and not in Mahalanobis distance', () => {
    const flat = ndarray(Float64Array.of(-1, 7, 1, 7), [2, 2])
    const off = ndarray(Float64Array.of(0, 9), [1, 2])
    expect([...pcaReconstruction.fit(flat, 0).score(off)]).toEqual(near([4]))
    expect([...mahalanobis.fit(flat, 0).score(off)]).toEqual(near([0]))
  })
})

describe('isolation', () => {
  test('expects the paths of random search trees', () => {
    // Edges to a leaf, averaged over leaves: 1 of two; (1 + 2 + 2)/3 of three.
    expect(expectedPath(1)).toBe(0)
    expect(expectedPath(2)).toBe(1)
    // Eq. 1 writes harmonic numbers as logarithms: 10.244770920 for 256.
    expect(expectedPath(256)).toBeCloseTo(2 * (Math.log(255) + 0.5772156649) - 510 / 256, 9)
  })

  test('parts rows where the draws say', () => {
    const table = { count: 4, width: 2, data: Float64Array.of(5, 0, 5, 1, 5, 2, 5, 10) }
    // Column 0 does not vary; thresholds 0 + 10·½ = 5, then 0 + 2·¾ = 1.5.
    const uniform = Float32Array.of(0, 0.5, 0, 0.75, 0, 0, 0, 0)
    const tree = growIsolationTree(table, Uint32Array.of(0, 1, 2, 3), uniform)
    const paths = [0, 1, 2, 3].map((row) => pathOf(tree, table.data, row * 2))
    // At depth ⌈log₂ 4⌉ = 2 two rows are left together, one edge short.
    expect(paths).toEqual([3, 3, 2, 1])
    expect(pathOf(tree, [0, 5], 0)).toBe(2)
    expect(pathOf(tree, [0, 5.1], 0)).toBe(1)
  })

  test('rows that cannot be told apart score ½', () => {
    const rows = columnOf(new Array<number>(50).fill(2))
    for (const score of isolationForest.fit(rows, 0).score(rows)) expect(score).toBeCloseTo(0.5, 12)
  })
})

describe('drawn rows', () => {
  test('are distinct, and all of them where there are too few', () => {
    expect([...drawRows(3, 5, { seed: 0, stream: 0, step: 0 })]).toEqual([0, 1, 2])
    expect(new Set(drawRows(300, 256, { seed: 0, stream: 0, step: 0 })).size).toBe(256)
  })

  test('are each as likely', () => {
    const counts = new Float64Array(10)
    for (let step = 0; step < 2000; step++)
      for (const row of drawRows(10, 3, { seed: 0, stream: 0, step })) counts[row]++
    // Binomial(2000, 0.3): mean 600, deviation 20.5.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(4 * 20.5)
  })
})
