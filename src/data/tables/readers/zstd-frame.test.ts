import * as zlib from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkZstdFrame } from './zstd-frame.ts'

const frame = (...bytes: number[]) => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, ...bytes, 0x01, 0x00, 0x00)

test.each([
  ['a window of 3 GB', frame(0x00, ((31 - 10) << 3) | 4), 'a window of 3221225472 bytes'],
  ['a content of 4 GB in one segment', frame(0xa0, 0xff, 0xff, 0xff, 0xff), '4294967295 bytes in 12'],
  ['a content of 2⁶⁰ bytes', frame(0xe0, 0, 0, 0, 0, 0, 0, 0, 0x10), '1152921504606847000 bytes in 16'],
  ['the same behind a dictionary', frame(0xc1, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0x10), '1152921504606847000 bytes'],
])('%s is refused before it is taken', (_, bytes, seen) => {
  expect(() => checkZstdFrame(bytes)).toThrow(seen)
  expect(() => checkZstdFrame(bytes)).toThrow('[zstd/too-large]')
})

test('as much as the format can pack, and as large a window as its program takes, but no more', () => {
  const content = (size: number) => frame(0xa0, ...new Uint8Array(Uint32Array.of(size).buffer))
  const most = 32_768 * content(0).length
  expect(() => checkZstdFrame(content(most))).not.toThrow()
  expect(() => checkZstdFrame(content(most + 1))).toThrow(`${most + 1} bytes in 12`)
  const window = (exponent: number, eighths: number) => frame(0x00, ((exponent - 10) << 3) | eighths)
  expect(() => checkZstdFrame(window(27, 0))).not.toThrow()
  expect(() => checkZstdFrame(window(27, 1))).toThrow('a window of 150994944 bytes')
  expect(() => checkZstdFrame(window(26, 7))).not.toThrow()
})

test('what begins otherwise is no frame, and passes', () => {
  for (const at of [0, 1, 2, 3]) {
    const bytes = frame(0x00, ((31 - 10) << 3) | 4)
    bytes[at]++
    expect(() => checkZstdFrame(bytes)).not.toThrow()
  }
})

test('what a writer packs passes, however well that can be packed', () => {
  if (!('zstdCompressSync' in zlib)) return
  for (const size of [0, 1, 255, 256, 65_791, 65_792, 2 ** 22])
    for (const level of [1, 19])
      checkZstdFrame(
        zlib.zstdCompressSync(new Uint8Array(size), {
          params: { [zlib.constants.ZSTD_c_compressionLevel]: level },
        }),
      )
})

test('anything else passes, or is refused in our words', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      try {
        checkZstdFrame(frame(...bytes))
      } catch (error) {
        expect((error as Error).message).toContain('[zstd/too-large]')
      }
      checkZstdFrame(bytes)
    }),
  )
})
