import { expect, test } from 'vitest'
import { topRows } from './scores.ts'

test('the rows of the greatest scores come first, ties in their order', () => {
  expect([...topRows([1, 3, 2, 3, Infinity], 3)]).toEqual([4, 1, 3])
  expect([...topRows([1, 3], 10)]).toEqual([1, 0])
  expect([...topRows([1, 3], 0)]).toEqual([])
})
