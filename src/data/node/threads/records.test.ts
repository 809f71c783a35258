import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRecords } from './records.ts'

/** A file of bytes that differ, and what is read of it. */
function fileOf(size: number) {
  const bytes = new Uint8Array(size)
  for (let i = 0; i < Math.min(size, 2 ** 16); i++) bytes[i] = (i * 31 + (i >> 8)) % 256
  const calls: { position: number; length: number }[] = []
  const read = (into: Uint8Array, position: number) => {
    calls.push({ position, length: into.length })
    into.set(bytes.subarray(position, position + into.length))
  }
  return { bytes, read, calls }
}

test('gives the records asked for, in that order, however often', () => {
  const request = fc.record({
    start: fc.nat(40),
    width: fc.integer({ min: 1, max: 800 }),
    indices: fc.array(fc.nat(60), { maxLength: 90 }),
  })
  fc.assert(
    fc.property(request, ({ start, width, indices }) => {
      const { bytes, read } = fileOf(start + 61 * width)
      const records = indices.map((index) =>
        bytes.subarray(start + index * width, start + (index + 1) * width),
      )
      expect(Buffer.concat(records).equals(readRecords(read, { start, width }, indices))).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('neighbors are read in one call, across gaps of up to 16 KiB', () => {
  const { read, calls } = fileOf(1 << 20)
  readRecords(read, { start: 10, width: 100 }, [9, 7, 8, 8, 171, 400, 2000])
  expect(calls).toEqual([
    { position: 710, length: 16_500 },
    { position: 40_010, length: 100 },
    { position: 200_010, length: 100 },
  ])
})

test('no call reads more than 4 MiB of several records, nor of a longer record more than it', () => {
  const { read, calls } = fileOf(16 << 20)
  readRecords(read, { start: 0, width: 1 << 19 }, [...Array(32).keys()])
  expect(calls.map(({ length }) => length)).toEqual([1 << 22, 1 << 22, 1 << 22, 1 << 22])
  calls.length = 0
  readRecords(read, { start: 0, width: 1 << 23 }, [1, 0])
  expect(calls.map(({ length }) => length)).toEqual([1 << 23, 1 << 23])
})
