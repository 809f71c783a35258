import { expect, test } from 'vitest'
import { columnsFor, sheetOf } from './atlas.ts'

test('rows of pictures with a pixel between them', () => {
  const sheet = sheetOf({ count: 5, width: 8, height: 6 }, 3)
  expect([sheet.width, sheet.height]).toEqual([26, 13])
  expect(sheet.cornerOf(0)).toEqual([0, 0])
  expect(sheet.cornerOf(4)).toEqual([9, 7])
})

test('few pictures take a row as long as they are', () => {
  expect(sheetOf({ count: 2, width: 8, height: 8 }, 10).width).toBe(17)
})

test('as many next to each other as can be seen, in rows as full as can be', () => {
  expect(columnsFor(12, 1200, true)).toBe(12)
  expect(columnsFor(12, 300, true)).toBe(8)
  expect(columnsFor(12, 300, false)).toBe(4)
  expect(columnsFor(24, 1080, false)).toBe(12)
  expect(columnsFor(4, 0, false)).toBe(1)
})
