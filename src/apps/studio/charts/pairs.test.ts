import { expect, test } from 'vitest'
import type { Pictures } from '../protocol.ts'
import { pairedPictures, pairOf } from './pairs.ts'

const dots = (...values: number[]): Pictures => ({
  ...{ kind: 'images', count: values.length, width: 1, height: 1 },
  rgba: Uint8ClampedArray.from(values.flatMap((value) => [value, value, value, 255])),
})
const valuesOf = ({ rgba }: Pictures) => Array.from(rgba.filter((_, i) => i % 4 === 0))

test('under each row is what belongs to it, and a row that is not full is left out', () => {
  const pairs = pairedPictures(dots(1, 2, 3, 4, 5), dots(11, 12, 13, 14, 15), 2)
  expect(valuesOf(pairs)).toEqual([1, 2, 11, 12, 3, 4, 13, 14])
  expect(pairs.count).toBe(8)
  expect([0, 3, 4, 7].map((picture) => pairOf(picture, 2))).toEqual([0, 1, 2, 3])
})

test('few pictures make one row', () => {
  expect(valuesOf(pairedPictures(dots(1, 2), dots(11, 12), 6))).toEqual([1, 2, 11, 12])
})
