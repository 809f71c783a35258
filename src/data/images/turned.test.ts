import { expect, test } from 'vitest'
import type { Picture } from './picture.ts'
import { turned } from './turned.ts'

/** A picture whose pixels are letters, row by row; each sample of a pixel tells its place in it, too. */
const drawn = (rows: readonly string[], channels: Picture['channels']): Picture => ({
  width: rows[0].length,
  height: rows.length,
  channels,
  data: Uint8Array.from(
    [...rows.join('')].flatMap((letter) =>
      Array.from({ length: channels }, (_, i) => letter.charCodeAt(0) + 64 * i),
    ),
  ),
})

/** What is to be seen of a picture stored as abc / def, by what EXIF says of row 0 and column 0 (TIFF 6.0, Orientation). */
const SEEN: Readonly<Record<number, readonly string[]>> = {
  1: ['abc', 'def'],
  2: ['cba', 'fed'],
  3: ['fed', 'cba'],
  4: ['def', 'abc'],
  5: ['ad', 'be', 'cf'],
  6: ['da', 'eb', 'fc'],
  7: ['fc', 'eb', 'da'],
  8: ['cf', 'be', 'ad'],
}

test.each(Object.entries(SEEN))('a picture of orientation %s is %j', (orientation, rows) => {
  for (const channels of [1, 2, 3, 4] as const)
    expect(turned(drawn(SEEN[1], channels), Number(orientation))).toEqual(drawn(rows, channels))
})

test('a picture as it is to be looked at is not copied', () => {
  const picture = drawn(SEEN[1], 3)
  expect(turned(picture, 1)).toBe(picture)
})

test('turning back gives what there was', () => {
  const picture = drawn(['abcd', 'efgh', 'ijkl'], 3)
  for (const [there, back] of [
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 5],
    [6, 8],
    [7, 7],
    [8, 6],
  ])
    expect(turned(turned(picture, there), back), `${there}`).toEqual(picture)
})
