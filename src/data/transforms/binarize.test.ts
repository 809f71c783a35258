import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { type BinarizeDraw, binarizeRows } from './binarize.ts'

const dynamic = (step: number, seed = 1): BinarizeDraw => ({ mode: 'dynamic', seed, step })
const fixed = (indices: number[], test = false): BinarizeDraw => ({ mode: 'fixed', seed: 1, indices, test })
const grey = (rows: number, width: number, value = 128) =>
  ndarray(new Uint8Array(rows * width).fill(value), [rows, width])
const shareOfWhite = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum + byte, 0) / 255 / bytes.length

describe('binarizeRows', () => {
  test('gives only black and white; black stays black and white stays white', () => {
    const aRow = fc.array(fc.constantFrom(0, 1, 7, 128, 254, 255), { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(aRow, fc.nat(), (row, step) => {
        const { data, shape } = binarizeRows(ndarray(Uint8Array.from(row), [2, 15]), dynamic(step))
        expect(shape).toEqual([2, 15])
        for (const [at, byte] of data.entries()) {
          expect([0, 255]).toContain(byte)
          if (row[at] === 0 || row[at] === 255) expect(byte).toBe(row[at])
        }
      }),
    )
  })

  test.each([1, 64, 128, 200, 254])('a byte %i turns white as often as it should', (byte) => {
    const n = 100_000
    const share = shareOfWhite(binarizeRows(grey(n / 100, 100, byte), dynamic(3)).data)
    const p = byte / 255
    expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n))
  })

  test('pixels are independent: neighbors agree half of the time', () => {
    const { data } = binarizeRows(grey(1000, 100), dynamic(4))
    for (const distance of [1, 2, 4, 8, 100]) {
      const agree = data.subarray(distance).reduce((sum, byte, at) => sum + Number(byte === data[at]), 0)
      expect(Math.abs(agree / data.length - 0.5)).toBeLessThan(0.01)
    }
  })

  test('dynamic: a new draw at each step and place, the same one for the same step', () => {
    const at = (step: number, seed = 1) => [...binarizeRows(grey(2, 20), dynamic(step, seed)).data]
    expect(at(5)).toEqual(at(5))
    expect(at(5)).not.toEqual(at(6))
    expect(at(5)).not.toEqual(at(5, 2))
    expect(at(5).slice(0, 20)).not.toEqual(at(5).slice(20))
  })

  test('fixed: a draw follows its example through any batch', () => {
    const of = (indices: number[], held = false) =>
      binarizeRows(grey(indices.length, 20), fixed(indices, held)).data
    expect(of([3, 8]).subarray(20)).toEqual(of([8]))
    expect(of([8, 3]).subarray(0, 20)).toEqual(of([8]))
    expect(of([8])).not.toEqual(of([9]))
    expect(of([8])).not.toEqual(of([8], true))
  })

  test('float rows draw as the same bytes would, into bytes', () => {
    const bytes = binarizeRows(grey(200, 50, 51), dynamic(1)).data
    const floats = binarizeRows(
      ndarray(new Float32Array(200 * 50).fill(51 / 255), [200, 50]),
      dynamic(1),
    ).data
    const differing = bytes.reduce((sum, byte, at) => sum + Number(byte !== floats[at]), 0)
    expect(differing).toBeLessThanOrEqual(2)
    const ends = binarizeRows(
      ndarray(
        Float32Array.from({ length: 40 }, (_, i) => i % 2),
        [1, 40],
      ),
      dynamic(2),
    ).data
    expect([...ends]).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2) * 255))
  })

  test('writes into the array it is given', () => {
    const out = new Uint8Array(40)
    expect(binarizeRows(grey(2, 20), dynamic(5), out).data).toBe(out)
    expect(out).toEqual(binarizeRows(grey(2, 20), dynamic(5)).data)
  })

  test('golden: the same pixels in every release', () => {
    const white = (draw: BinarizeDraw) =>
      Array.from(binarizeRows(grey(1, 24, 100), draw).data, (byte) => (byte ? '#' : '.')).join('')
    expect([white(dynamic(0)), white(fixed([0])), white(fixed([0], true))]).toMatchInlineSnapshot(`
      [
        "###.#......#.#....#.##..",
        "..##.#...#.....#...##..#",
        "#...#.....##..#..#.#.#.#",
      ]
    `)
  })

  test('an empty batch gives an empty batch', () => {
    expect(binarizeRows(ndarray(new Uint8Array(), [0, 4]), dynamic(0))).toEqual(
      ndarray(new Uint8Array(), [0, 4]),
    )
  })

  test('says what is wrong', () => {
    const bad = ndarray(Float32Array.of(0.5, 1.5), [1, 2])
    expect(() => binarizeRows(bad, dynamic(0))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the value 1.5 in data to binarize; wanted bytes, or numbers from 0 to 1. Fix: use binarize "none" for data that are not probabilities. [data/binarize-range]]`,
    )
    const integers = ndarray(Int32Array.of(1), [1, 1])
    expect(() => binarizeRows(integers, dynamic(0))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: rows [1, 1] as Int32Array into 1 bytes; wanted uint8 or float32 into 1 bytes. Fix: binarize rows as a data set reads them. [data/binarize-type]]`,
    )
  })
})
