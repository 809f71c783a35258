import { describe, expect, test } from 'vitest'
import { endsAsJpeg, isJpeg, jpegSize } from './jpeg-size.ts'

const START = [0xff, 0xd8]
const END = [0xff, 0xd9]
const segment = (marker: number, data: readonly number[]) => [
  0xff,
  marker,
  (data.length + 2) >> 8,
  (data.length + 2) & 0xff,
  ...data,
]
const frame = (width: number, height: number, components: number, marker = 0xc0) =>
  segment(marker, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, components, 1, 0x11, 0])
const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 1, 2, 3]
const file = (...parts: readonly (readonly number[])[]) => Uint8Array.from([...START, ...parts.flat()])

/** An EXIF segment with an orientation, in either byte order, after another entry. */
function exif(orientation: number, little: boolean): number[] {
  const word = (value: number) => (little ? [value, 0] : [0, value])
  const long = (value: number) => (little ? [value, 0, 0, 0] : [0, 0, 0, value])
  const tag = (high: number, low: number) => (little ? [low, high] : [high, low])
  const entry = (id: readonly number[], value: number) => [
    ...id,
    ...word(3),
    ...long(1),
    ...word(value),
    0,
    0,
  ]
  const order = little ? [0x49, 0x49] : [0x4d, 0x4d]
  const directory = [...word(2), ...entry(tag(1, 0), 5), ...entry(tag(1, 0x12), orientation)]
  return segment(0xe1, [...Buffer.from('Exif\0\0'), ...order, ...word(42), ...long(8), ...directory])
}

describe('jpegSize', () => {
  test('reads the frame, whatever stands before it', () => {
    const before = [segment(0xe0, [1, 2]), segment(0xc4, [0, 0]), [0xff, 0xff, 0xff], [0xff, 0x01]]
    expect(jpegSize(file(...before, frame(300, 200, 3), scan))).toEqual({
      width: 300,
      height: 200,
      isColor: true,
    })
    expect(jpegSize(file(frame(3, 2, 1, 0xc2), scan))).toEqual({ width: 3, height: 2, isColor: false })
  })

  test.each([true, false])('turns the image as EXIF says (little-endian: %s)', (little) => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { width } = jpegSize(file(exif(orientation, little), frame(30, 20, 3))) ?? {}
      expect(width).toBe(orientation > 4 ? 20 : 30)
    }
  })

  test('says when there is too little to tell', () => {
    const whole = file(segment(0xe0, new Array(50).fill(0)), frame(3, 2, 1))
    expect(jpegSize(whole.subarray(0, 40))).toBeUndefined()
    expect(jpegSize(whole)).toBeDefined()
  })

  test('says what is wrong', () => {
    expect(() => jpegSize(file(new Array(20).fill(7)))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a JPEG image with no marker at byte 2; wanted segment after segment. Fix: copy or save the image again, or leave it out. [jpeg/torn]]`,
    )
    expect(() => jpegSize(file(scan, END, END, END))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a JPEG image without a frame; wanted a frame before its first scan. Fix: copy or save the image again, or leave it out. [jpeg/torn]]`,
    )
    expect(() => jpegSize(file(frame(0, 2, 1)))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a JPEG image 0×2; wanted both above 0. Fix: copy or save the image again, or leave it out. [jpeg/torn]]`,
    )
  })
})

test('an image that broke off is known by its end, a thumbnail in it notwithstanding', () => {
  const thumbnail = segment(0xe1, [...START, ...END])
  const whole = file(thumbnail, frame(3, 2, 1), scan, END)
  expect(isJpeg(whole)).toBe(true)
  expect(endsAsJpeg(whole)).toBe(true)
  expect(endsAsJpeg(Uint8Array.from([...whole, 0, 0]))).toBe(true)
  expect(endsAsJpeg(whole.subarray(0, whole.length - 2))).toBe(false)
})
