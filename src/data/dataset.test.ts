import { expect, test } from 'vitest'
import { datasetOf } from './dataset.ts'

test('a data set over rows of another size than their shape is refused', () => {
  const data = new Float32Array(7)
  expect(() => datasetOf({ data, shape: [2, 4] }, { name: 'toy' })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 7 numbers for shape [2, 4]; wanted 8 numbers. Fix: give the shape that belongs to the data. [array/size]]`,
  )
  expect(datasetOf({ data, shape: [7, 1] }, { name: 'toy' })).toMatchObject({ count: 7, exampleShape: [1] })
})
