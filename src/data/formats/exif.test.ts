import { expect, test } from 'vitest'
import { isOnItsSide, orientationIn } from './exif.ts'

/** TIFF data whose directory at `directory` has entries of the given tags and values. */
function tiff(
  entries: readonly (readonly [tag: number, value: number])[],
  little = true,
  directory = 8,
): Uint8Array {
  const bytes = new Uint8Array(directory + 2 + 12 * entries.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, little ? 0x4949 : 0x4d4d)
  view.setUint16(2, 42, little)
  view.setUint32(4, directory, little)
  view.setUint16(directory, entries.length, little)
  entries.forEach(([tag, value], i) => {
    view.setUint16(directory + 2 + 12 * i, tag, little)
    view.setUint16(directory + 10 + 12 * i, value, little)
  })
  return bytes
}

test.each([true, false])(
  'every orientation is found, wherever its entry stands (little-endian: %s)',
  (little) => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      expect(orientationIn(tiff([[0x112, orientation]], little))).toBe(orientation)
      expect(
        orientationIn(
          tiff(
            [
              [0x100, 3],
              [0x112, orientation],
            ],
            little,
            20,
          ),
        ),
      ).toBe(orientation)
      expect(isOnItsSide(orientation)).toBe(orientation >= 5)
    }
  },
)

test('without one, or with one that is none, an image stands as it is', () => {
  expect(orientationIn(tiff([]))).toBe(1)
  expect(orientationIn(tiff([[0x111, 6]]))).toBe(1)
  for (const odd of [0, 9, 300])
    expect(
      orientationIn(
        tiff([
          [0x112, odd],
          [0x112, 6],
        ]),
      ),
    ).toBe(1)
  expect(orientationIn(new Uint8Array())).toBe(1)
})

test('data that end too soon, or point beyond their end, are no reason to fail', () => {
  const whole = tiff([
    [0x100, 3],
    [0x112, 6],
  ])
  for (let length = 0; length < whole.length; length++)
    expect(orientationIn(whole.subarray(0, length)), `${length}`).toBe(1)
  expect(orientationIn(whole)).toBe(6)
  const beyond = tiff([[0x112, 6]])
  new DataView(beyond.buffer).setUint32(4, 0xffffffff, true)
  expect(orientationIn(beyond)).toBe(1)
  new DataView(beyond.buffer).setUint32(4, beyond.length - 1, true)
  expect(orientationIn(beyond)).toBe(1)
  // An entry that fits to the byte, in a view that begins within its memory.
  const shifted = new Uint8Array(whole.length + 5)
  shifted.set(whole, 5)
  expect(orientationIn(shifted.subarray(5))).toBe(6)
  expect(orientationIn(Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0))).toBe(1)
})

test('what stands behind the entries of a directory is none of them', () => {
  for (const little of [true, false]) {
    const behind = tiff(
      [
        [0x100, 3],
        [0x112, 6],
        [0x112, 6],
      ],
      little,
    )
    for (const [count, found] of [
      [0, 1],
      [1, 1],
      [2, 6],
    ]) {
      new DataView(behind.buffer).setUint16(8, count, little)
      expect(orientationIn(behind), `${count} entries`).toBe(found)
    }
  }
})
