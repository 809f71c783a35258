import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDeltas, checkRuns } from './parquet-runs.ts'

const readerOf = (bytes: readonly number[]) => ({
  view: new DataView(Uint8Array.from(bytes).buffer),
  offset: 0,
})

function varint(value: number): number[] {
  const bytes: number[] = []
  for (let left = value; ; left >>>= 7) {
    if (left < 128) return [...bytes, left]
    bytes.push((left & 127) | 128)
  }
}

const repeated = (value: number, count: number, width: number): number[] => [
  ...varint(count << 1),
  ...Array.from({ length: Math.ceil(width / 8) }, (_, i) => (value >> (8 * i)) & 255),
]

function packed(values: readonly number[], width: number): number[] {
  const groups = Math.ceil(values.length / 8)
  const bytes = new Array<number>(groups * width).fill(0)
  values.forEach((value, index) => {
    for (let bit = 0; bit < width; bit++) {
      const at = index * width + bit
      bytes[at >> 3] |= ((value >> bit) & 1) << (at & 7)
    }
  })
  return [...varint((groups << 1) | 1), ...bytes]
}

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
})

describe('runs that are not those of so many numbers are refused', () => {
  test.each<[string, number[], number, number]>([
    ['a repetition too long', repeated(1, 4, 1), 1, 3],
    ['packed numbers far too many', [...varint(((2 ** 16 / 8 + 2) << 1) | 1), 0], 1, 3],
    ['numbers too wide', repeated(1, 3, 8), 33, 3],
    ['a length without end', [255, 255, 255, 255, 255, 255], 1, 3],
    ['none', [], 1, 3],
  ])('%s', (_, bytes, width, count) => {
    expect(() => checkRuns(readerOf(bytes), width, count, 1)).toThrow(Error)
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
