import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32, hexCrc32 } from './crc32.ts'

test('gives the check value of the standard', () => {
  expect(hexCrc32(new TextEncoder().encode('123456789'))).toBe('cbf43926')
  expect(hexCrc32(new Uint8Array())).toBe('00000000')
})

test('agrees with zlib, in one piece or two', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes))
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes))
    }),
  )
})
