import { expect, test } from 'vitest'
import { endsAsJpeg, isCmyk, isJpeg, jpegSize } from './jpeg-size.ts'

const segment = (marker: number, data: readonly number[]) => [0xff, marker, 0, data.length + 2, ...data]
/** A frame of 30×20 in eight bits, of which ten bytes tell all that is asked. */
const frame = (components = 3, marker = 0xc0, [width, height] = [30, 20]) =>
  segment(marker, [8, 0, height, 0, width, components, 1, 0x11, 0])
const fileOf = (...parts: readonly (readonly number[])[]) => Uint8Array.from([0xff, 0xd8, ...parts.flat()])
const REST = new Array<number>(12).fill(0)

/** TIFF data whose one entry turns an image on its side. */
const turning = [
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
  ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0],
  ...[0, 0, 0, 0],
]

test('a JPEG image is known by its first three bytes', () => {
  expect(isJpeg(Uint8Array.of(0xff, 0xd8, 0xff))).toBe(true)
  for (let at = 0; at < 3; at++)
    expect(isJpeg(Uint8Array.of(0xff, 0xd8, 0xff).with(at, 0)), `${at}`).toBe(false)
})

test('thirteen of sixteen markers begin a frame; tables of codes and arithmetic do not', () => {
  for (let marker = 0xc0; marker <= 0xcf; marker++) {
    const found = jpegSize(
      fileOf(
        frame(3, marker),
        REST.map(() => 0xff),
      ),
    )
    const isFrame = ![0xc4, 0xc8, 0xcc].includes(marker)
    expect(found, marker.toString(16)).toEqual(isFrame ? { width: 30, height: 20, isColor: true } : undefined)
  }
  for (const other of [0xbf, 0xe0, 0xfe])
    expect(jpegSize(fileOf(segment(other, [8, 0, 9, 0, 9, 3]), frame())), other.toString(16)).toMatchObject({
      width: 30,
    })
})

test('markers without a segment are passed over, and those beside them have one', () => {
  const whole = { width: 30, height: 20, isColor: true }
  for (const bare of [0x01, 0xd0, 0xd3, 0xd7])
    expect(jpegSize(fileOf([0xff, bare], frame())), bare.toString(16)).toEqual(whole)
  for (const long of [0x02, 0xcf + 0x10, 0xd8])
    expect(jpegSize(fileOf(segment(long, [0, 0, 0]), frame())), long.toString(16)).toEqual(whole)
})

test('ten bytes of a frame are enough to tell, nine are not', () => {
  for (const before of [[], segment(0xe0, [1, 2, 3])]) {
    const whole = fileOf(before, frame())
    const end = 2 + before.length + 10
    expect(jpegSize(whole.subarray(0, end))).toEqual({ width: 30, height: 20, isColor: true })
    expect(jpegSize(whole.subarray(0, end - 1))).toBeUndefined()
    expect(isCmyk(whole.subarray(0, end - 1))).toBe(false)
  }
})

test('an image that ends, or is scanned, before it has a frame is torn', () => {
  for (const marker of [0xd9, 0xda])
    expect(() => jpegSize(fileOf(segment(marker, [1, 2]), frame()))).toThrow(/\[jpeg\/torn\]/)
})

test('an image without width or height is torn', () => {
  for (const extents of [
    [0, 20],
    [30, 0],
    [0, 0],
  ])
    expect(() => jpegSize(fileOf(frame(3, 0xc0, extents as [number, number])))).toThrow(/\[jpeg\/torn\]/)
})

test('an image is turned by EXIF data alone, in their own segment', () => {
  const exif = [...Buffer.from('Exif\0\0'), ...turning]
  const widthAfter = (...parts: number[][]) => jpegSize(fileOf(...parts, frame()))?.width
  expect(widthAfter(segment(0xe1, exif))).toBe(20)
  expect(widthAfter(segment(0xe2, exif))).toBe(30)
  for (const name of ['exif\0\0', 'Exif\0x', 'http:/'])
    expect(widthAfter(segment(0xe1, [...Buffer.from(name), ...turning])), name).toBe(30)
  expect(widthAfter(segment(0xe1, turning))).toBe(30)
})

test('four components are inks', () => {
  expect([1, 3, 4, 5].map((components) => isCmyk(fileOf(frame(components))))).toEqual([
    ...[false, false],
    ...[true, false],
  ])
  expect(isCmyk(fileOf())).toBe(false)
  expect(jpegSize(fileOf(frame(4)))).toEqual({ width: 30, height: 20, isColor: true })
})

test('an image has ended where its last mark stands behind its frame, whatever follows', () => {
  const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 1, 2, 3]
  expect(endsAsJpeg(fileOf(frame(), scan, [0xff, 0xd9]))).toBe(true)
  expect(endsAsJpeg(fileOf(frame(), [0xff, 0xd9]))).toBe(true)
  for (const end of [[], [0xff], [0, 0xd9], [0xff, 0xd8], [0xd9, 0xff]])
    expect(endsAsJpeg(fileOf(frame(), scan, end)), String(end)).toBe(false)
  // What is no image, or ends before its frame, has none.
  expect(endsAsJpeg(fileOf(segment(0xe1, [0xff, 0xd8, 0xff, 0xd9])))).toBe(false)
  expect(endsAsJpeg(fileOf())).toBe(false)
})
