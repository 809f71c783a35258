import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDeltas, checkRuns } from './parquet-runs.ts'
import { packed, repeated, varint } from './runs.testing.ts'

const readerOf = (bytes: readonly number[]) => ({
  view: new DataView(Uint8Array.from(bytes).buffer),
  offset: 0,
})

const aRun = (width: number) => {
  const value = fc.nat(2 ** width - 1)
  return fc.oneof(
    fc.record({ value, count: fc.integer({ min: 1, max: 300 }) }).map(({ value, count }) => ({
      values: new Array<number>(count).fill(value),
      bytes: repeated(value, count, width),
    })),
    fc
      .integer({ min: 1, max: 5 })
      .chain((groups) => fc.array(value, { minLength: 8 * groups, maxLength: 8 * groups }))
      .map((values) => ({ values, bytes: packed(values, width) })),
  )
}

test('runs are gone through to their end, and wanted numbers counted', () => {
  const aCase = fc
    .integer({ min: 1, max: 8 })
    .chain((width) =>
      fc.record({ width: fc.constant(width), runs: fc.array(aRun(width), { minLength: 1, maxLength: 6 }) }),
    )
  fc.assert(
    fc.property(aCase, fc.nat(7), ({ width, runs }, wanted) => {
      const values = runs.flatMap((run) => run.values)
      const bytes = runs.flatMap((run) => run.bytes)
      const reader = readerOf([...bytes, 9, 9])
      expect(checkRuns(reader, width, values.length, wanted)).toBe(
        values.filter((value) => value === wanted).length,
      )
      expect(reader.offset).toBe(bytes.length)
      const other = readerOf([...bytes, 9, 9])
      expect(checkRuns(other, width, values.length)).toBe(0)
      expect(other.offset).toBe(bytes.length)
    }),
    { numRuns: 60 },
  )
})

test('the last group of packed numbers may be padded, and its padding is not counted', () => {
  expect(checkRuns(readerOf(packed([1, 0, 1], 1)), 1, 3, 0)).toBe(1)
  expect(checkRuns(readerOf(packed([1, 0, 1], 1)), 1, 3, 1)).toBe(2)
  expect(checkRuns(readerOf([...repeated(0, 2, 1), ...packed([1, 0, 1], 1)]), 1, 5, 0)).toBe(3)
})

describe('runs that are not those of so many numbers are refused', () => {
  test.each<[string, number[], number, number, string]>([
    ['a repetition too long', repeated(1, 4, 1), 1, 3, 'a run of 4 in 3'],
    ['a second one too long', [...repeated(1, 2, 1), ...repeated(1, 2, 1)], 1, 3, 'a run of 2 in 3'],
    ['packed numbers far too many', [...varint(((2 ** 16 / 8 + 2) << 1) | 1), 0], 1, 3, 'a run of 65552'],
    ['numbers too wide', repeated(1, 3, 8), 33, 3, 'numbers of 33 bits'],
    ['a length without end', [255, 255, 255, 255, 255, 255], 1, 3, 'a length of too many bytes'],
    ['a length that ends too late', [255, 255, 255, 255, 255, 1], 1, 3, 'a length of too many bytes'],
    ['none', [], 1, 3, 'outside the bounds'],
  ])('%s', (_, bytes, width, count, seen) => {
    expect(() => checkRuns(readerOf(bytes), width, count, 1)).toThrow(seen)
  })

  test('as many as there are, and 32 bits, are fine', () => {
    expect(checkRuns(readerOf(repeated(1, 3, 1)), 1, 3, 1)).toBe(3)
    const wide = readerOf(repeated(7, 3, 32))
    checkRuns(wide, 32, 3)
    expect(wide.offset).toBe(5)
    expect(checkRuns(readerOf([]), 1, 0, 1)).toBe(0)
  })
})

describe('differences', () => {
  const of = (block: number, parts: number) => () =>
    checkDeltas(readerOf([...varint(block), ...varint(parts)]))

  test.each([
    [128, 4],
    [128, 1],
    [256, 8],
    [1024, 32],
    [2 ** 24, 4],
  ])('in blocks of %d and %d parts are read', (block, parts) => {
    expect(of(block, parts)).not.toThrow()
  })

  test.each([
    [0, 4],
    [64, 2],
    [129, 1],
    [128, 0],
    [128, 8],
    [128, 3],
    [2 ** 24 + 128, 4],
  ])('in blocks of %d and %d parts are refused', (block, parts) => {
    expect(of(block, parts)).toThrow(/blocks of/)
  })
})
