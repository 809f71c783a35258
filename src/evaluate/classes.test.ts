import { expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { datasetOf } from '../data/dataset.ts'
import { classesOf } from './classes.ts'

const scores = {
  reconstruction: Float64Array.of(1, 2, 3, 8),
  kl: Float64Array.of(10, 20, 30, 80),
  means: new Float64Array(4),
  terms: { kl: Float64Array.of(10, 20, 30, 80), l2: Float64Array.of(7) },
}
const rows = (labels?: Int32Array) => ({
  dataset: datasetOf(ndarray(new Float32Array(6), [6, 1]), { name: 'toy', ...(labels ? { labels } : {}) }),
  indices: Uint32Array.of(5, 1, 0, 2),
  ownTest: false,
})

test('averages each class under the final weights; terms about no single example count whole', () => {
  // Rows 5, 1, 0, 2 are of classes 4, 2, 4, 4.
  const found = classesOf(scores, rows(Int32Array.of(4, 2, 4, 0, 0, 4)), { kl: 2, l2: 0.5 })
  expect(found).toEqual([
    { label: 2, count: 1, reconstruction: 2, kl: 20, elbo: -22, loss: 2 + 40 + 3.5 },
    { label: 4, count: 3, reconstruction: 4, kl: 40, elbo: -44, loss: 4 + 80 + 3.5 },
  ])
})

test('has no KL where nothing is drawn, and nothing to say without labels', () => {
  const { kl: _, ...point } = { ...scores, terms: {} }
  expect(classesOf(point, rows(new Int32Array(6)), {})).toEqual([
    { label: 0, count: 4, reconstruction: 3.5, kl: null, elbo: null, loss: 3.5 },
  ])
  expect(classesOf(scores, rows(), { kl: 1, l2: 1 })).toBeUndefined()
})
