import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { readIdx } from './idx.ts'

const bigEndian = (value: number) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
const idxOf = (type: number, shape: number[], data: number[]) =>
  Uint8Array.from([0, 0, type, shape.length, ...shape.flatMap(bigEndian), ...data])

const aFile = fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }).chain((shape) => {
  const size = shape.reduce((a, b) => a * b, 1)
  return fc.tuple(fc.constant(shape), fc.array(fc.nat(255), { minLength: size, maxLength: size }))
})

test('reads bytes of any shape, plain or gzip', () => {
  fc.assert(
    fc.property(aFile, ([shape, data]) => {
      const file = idxOf(0x08, shape, data)
      const wanted = ndarray(Uint8Array.from(data), shape)
      expect(readIdx(file)).toEqual(wanted)
      expect(readIdx(new Uint8Array(gzipSync(file)))).toEqual(wanted)
    }),
  )
})

test('looks into the file’s memory instead of copying', () => {
  const file = idxOf(0x08, [2], [1, 2])
  expect(readIdx(file).data.buffer).toBe(file.buffer)
})

test('reads the wider types big-endian', () => {
  expect(readIdx(idxOf(0x0b, [2], [0xff, 0xfe, 0x01, 0x00])).data).toEqual(Int32Array.of(-2, 256))
  expect(readIdx(idxOf(0x0d, [1], [0x3f, 0xc0, 0, 0])).data).toEqual(Float32Array.of(1.5))
})

test('says what is wrong', () => {
  const file = idxOf(0x08, [2, 3], [1, 2, 3, 4, 5, 6])
  expect(() => readIdx(file.subarray(0, 15))).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an IDX file of 15 bytes; wanted 18 bytes for 1-byte elements [2, 3]. Fix: copy or download the file again. [idx/torn]]`,
  )
  expect(() => readIdx(file.subarray(0, 6))).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an IDX file of 6 bytes; wanted a header of 12 bytes. Fix: copy or download the file again. [idx/torn]]`,
  )
  expect(() => readIdx(Uint8Array.of(1, 2, 3, 4, 5))).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an IDX file of 5 bytes without its opening mark; wanted 0, 0, a type and a rank. Fix: copy or download the file again. [idx/torn]]`,
  )
  const zipped = new Uint8Array(gzipSync(file))
  expect(() => readIdx(zipped.subarray(0, zipped.length - 3))).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a gzip file of 32 bytes that does not unpack to what its checksum says; wanted one whole gzip member. Fix: copy or download the file again. [gzip/torn]]`,
  )
})

test('refuses gzip with any one byte of its content or checksum changed', () => {
  const zipped = new Uint8Array(gzipSync(idxOf(0x08, [2, 3], [1, 2, 3, 4, 5, 6])))
  for (let at = 10; at < zipped.length; at++) {
    const bad = zipped.slice()
    bad[at] ^= 0x55
    expect(() => readIdx(bad), `byte ${at}`).toThrow(/\[(gzip|idx)\/torn\]/)
  }
})
