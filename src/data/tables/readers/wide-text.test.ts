import { expect, test } from 'vitest'
import { csv } from './csv.ts'
import { readAll, sourceOf } from './sources.testing.ts'
import { isWideText } from './text.ts'

const wide = (text: string, little: boolean): Uint8Array =>
  Uint8Array.from(
    [...text].flatMap((letter) => {
      const code = letter.charCodeAt(0)
      return little ? [code & 255, code >> 8] : [code >> 8, code & 255]
    }),
  )

test.each([true, false])(
  'text of two bytes a letter is read, marked or not, in any pieces (little-endian: %s)',
  async (little) => {
    for (const mark of ['', '\ufeff'])
      for (const cuts of [[], [1], [3, 4, 9]]) {
        const bytes = wide(`${mark}city,n\nZürich,1\nŁódź,2\n`, little)
        expect(isWideText(bytes)).toBe(true)
        const { columns, rows } = await readAll(csv, sourceOf(bytes, cuts))
        expect([columns, rows]).toEqual([
          ['city', 'n'],
          [
            ['Zürich', '1'],
            ['Łódź', '2'],
          ],
        ])
      }
  },
)

test('two bytes a letter are told by a mark, or by a zero in every second byte of four', () => {
  const of = (...bytes: number[]) => isWideText(Uint8Array.from(bytes))
  expect([of(0xff, 0xfe, 1, 1), of(0xfe, 0xff, 1, 1), of(1, 0, 1, 0), of(0, 1, 0, 1)]).toEqual([
    true,
    true,
    true,
    true,
  ])
  for (const none of [
    [0xff, 0xff, 1, 1],
    [0xfe, 0xfe, 1, 1],
    [1, 0, 1, 1],
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [1, 1, 1, 0],
    [0, 1, 1, 1],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
    [1, 1, 0, 1],
  ])
    expect(of(...none), String(none)).toBe(false)
})

test('a text table is what has no zeros, or is wide', () => {
  const matches = (...bytes: number[]) => csv.matches(Uint8Array.from(bytes))
  expect(matches(97, 44, 98)).toBe(true)
  expect(matches()).toBe(false)
  expect(matches(97, 44, 0, 98)).toBe(false)
  expect(matches(97, 0, 44, 0)).toBe(true)
})
