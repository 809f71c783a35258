import { expect, test } from 'vitest'
import { oddSpans } from './odd-spans.ts'

const found = (shares: readonly number[], columns = 1) =>
  oddSpans(shares, columns).map(({ column, from, to }) => [column, from, to])

test('a stretch is as much as belongs together, without what only lies beside it', () => {
  expect(found([0, 0, 30, 28, 0, 0, 31, 0, 0, 0, 0, 0, 40, 9, 4, 0])).toEqual([
    [0, 12, 13],
    [0, 2, 7],
  ])
})

test('one row must be odder than each of many, and columns are told apart', () => {
  expect(found([0, 12, 0, 0, 0])).toEqual([])
  expect(found([0, 0, 9, 0, 9, 0, 9, 25, 0, 0], 2)).toEqual([
    [1, 3, 4],
    [0, 1, 4],
  ])
  expect(found([7, 7, 7, 7, 7])).toEqual([])
})
