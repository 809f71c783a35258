import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../base/crc32.ts'
import { gunzipped, gunzippedOpening, gunzippedSize, isGzip } from './gzip.ts'
import { canUnpack, checkUnpacked } from './unpacked-size.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const content = bytesOf('a,b\n1,2\n'.repeat(40))
const TORN = /\[gzip\/torn\]/

/** A gzip member whose header has the parts that its flags say (RFC 1952, §2.3). */
function memberOf(flags: number, inside = content): Uint8Array {
  const trailer = new Uint8Array(8)
  new DataView(trailer.buffer).setUint32(0, crc32(inside), true)
  new DataView(trailer.buffer).setUint32(4, inside.length, true)
  const parts = [
    Uint8Array.of(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3),
    ...(flags & 4 ? [Uint8Array.of(44, 2), new Uint8Array(556).fill(7)] : []),
    ...(flags & 8 ? [bytesOf('name.csv\0')] : []),
    ...(flags & 16 ? [bytesOf('a comment\0')] : []),
    ...(flags & 2 ? [Uint8Array.of(1, 2)] : []),
  ]
  return new Uint8Array(Buffer.concat([...parts, deflateRawSync(inside), trailer]))
}

test('a gzip file is known by its first two bytes', () => {
  expect(isGzip(memberOf(0))).toBe(true)
  for (const other of [[0x1f, 0x8a], [0x1e, 0x8b], [0x1f], []])
    expect(isGzip(Uint8Array.from(other)), String(other)).toBe(false)
})

test.each([0, 1, 2, 4, 8, 16, 6, 10, 12, 18, 20, 24, 14, 22, 26, 28, 30])(
  'what is inside begins behind the parts that flags %i announce',
  (flags) => {
    const file = memberOf(flags)
    const shifted = new Uint8Array(file.length + 3)
    shifted.set(file, 3)
    for (const bytes of [file, shifted.subarray(3)]) {
      expect(gunzippedSize(bytes)).toBe(content.length)
      expect(gunzipped(bytes)).toEqual(content)
      expect(gunzippedOpening(bytes, 4)).toEqual(content)
    }
  },
)

test('bytes that are no gzip are given back as they are', () => {
  expect(gunzipped(content)).toBe(content)
})

test('nothing, packed, is nothing', () => {
  const file = new Uint8Array(gzipSync(new Uint8Array()))
  expect([gunzippedSize(file), gunzipped(file).length, gunzippedOpening(file, 9).length]).toEqual([0, 0, 0])
})

describe('the opening of what is inside', () => {
  const large = Uint8Array.from({ length: 400_000 }, (_, i) => (i * i * 31) % 253)
  const file = new Uint8Array(gzipSync(large))

  test('has at least as many bytes as asked for, and not all of many', () => {
    for (const length of [1, 1000, 100_000]) {
      const opening = gunzippedOpening(file, length)
      expect(opening.length).toBeGreaterThanOrEqual(length)
      expect(opening.length).toBeLessThan(large.length)
      expect(Buffer.compare(opening, large.subarray(0, opening.length))).toBe(0)
    }
    expect(Buffer.compare(gunzippedOpening(file, 2 ** 30), large)).toBe(0)
  })

  test('of bytes that do not unpack is torn', () => {
    const bad = memberOf(0).fill(0xff, 10, 40)
    expect(() => gunzippedOpening(bad, 4)).toThrow(TORN)
  })
})

describe('a file is torn', () => {
  const file = memberOf(0)
  const changed = (fromEnd: number, value: number): Uint8Array => {
    const bad = file.slice()
    new DataView(bad.buffer).setUint32(bad.length - fromEnd, value, true)
    return bad
  }

  test.each([
    ['of another checksum', changed(8, 1)],
    ['of a greater size', changed(4, content.length + 1)],
    ['of a smaller size', changed(4, content.length - 1)],
    ['of a size that nothing packs so well', changed(4, 1032 * (file.length + 1) + 1)],
    ['of content that does not unpack', file.slice().fill(0xff, 10, 40)],
  ])('%s', (_, bad) => {
    expect(() => gunzipped(bad)).toThrow(TORN)
  })

  test('of fewer bytes than a header and a trailer have', () => {
    const none = new Uint8Array(18)
    none.set([0x1f, 0x8b, 8])
    expect(gunzippedSize(none)).toBe(0)
    for (const length of [2, 8, 17])
      expect(() => gunzippedSize(none.subarray(0, length)), `${length}`).toThrow(TORN)
  })
})

describe('how much may be unpacked', () => {
  test('deflate packs by 1,032 at most', () => {
    for (const packed of [0, 1, 99]) {
      expect(canUnpack(1032 * (packed + 1), packed)).toBe(true)
      expect(canUnpack(1032 * (packed + 1) + 1, packed)).toBe(false)
    }
  })

  test('as much as is allowed, eight times the file, or 64 KiB: the greatest of these', () => {
    const refused = (size: number, packed: number, memory?: number): boolean => {
      try {
        checkUnpacked(size, packed, memory)
        return false
      } catch (error) {
        expect(error).toMatchObject({ code: 'data/too-large' })
        return true
      }
    }
    for (const [most, packed, memory] of [
      [100_000, 500, 100_000],
      [2 ** 16, 500, 100],
      [8 * 50_000, 50_000, 100],
      [2 ** 30, 2 ** 21, undefined],
    ] as const)
      expect([refused(most, packed, memory), refused(most + 1, packed, memory)]).toEqual([false, true])
  })

  test('what cannot be is left to whoever unpacks it', () => {
    expect(() => checkUnpacked(2 ** 40, 100, 1)).not.toThrow()
  })

  test('a file that unpacks to more than is allowed is refused before it is', () => {
    const zeros = new Uint8Array(gzipSync(new Uint8Array(200_000)))
    expect(() => gunzipped(zeros, 199_999)).toThrow(
      expect.objectContaining({
        code: 'data/too-large',
        seen: `${zeros.length} bytes that unpack to 200000`,
      }),
    )
    expect(gunzipped(zeros, 200_000)).toHaveLength(200_000)
  })
})
