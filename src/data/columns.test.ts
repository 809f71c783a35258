import { expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { withColumns } from './columns.ts'
import { datasetOf } from './dataset.ts'

const tableOf = (columns: string[], values: number[]) =>
  datasetOf(ndarray(Float32Array.from(values), [values.length / columns.length, columns.length]), {
    name: 'toy',
    columns,
  })

test('columns come by name, in the order asked for, without the others', async () => {
  const dataset = withColumns(tableOf(['c', 'extra', 'a', 'b'], [3, 9, 1, 2, 6, 9, 4, 5]), ['a', 'b', 'c'])
  expect(dataset).toMatchObject({ columns: ['a', 'b', 'c'], exampleShape: [3], count: 2 })
  expect(await dataset.read([1, 0])).toEqual(ndarray(Float32Array.of(4, 5, 6, 1, 2, 3), [2, 3]))
})

test('columns of one name are taken in turn', async () => {
  const { read } = withColumns(tableOf(['b', 'a', 'a'], [3, 1, 2]), ['a', 'a', 'b'])
  expect((await read([0])).data).toEqual(Float32Array.of(1, 2, 3))
})

test('what is in order, or has no names, is not touched', () => {
  const named = tableOf(['a', 'b'], [1, 2])
  expect(withColumns(named, ['a', 'b'])).toBe(named)
  const nameless = datasetOf(ndarray(Float32Array.of(1, 2), [1, 2]), { name: 'toy' })
  expect(withColumns(nameless, ['a', 'b'])).toBe(nameless)
})

test('says which columns are missing', () => {
  expect(() => withColumns(tableOf(['a', 'd'], [1, 2]), ['a', 'b', 'c'])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: no columns "b", "c" among "a", "d"; wanted the columns that the model was trained on: "a", "b", "c". Fix: add what is missing, and name the columns in the first line as they were for training. [data/columns]]`,
  )
})
