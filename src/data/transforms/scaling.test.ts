import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { datasetOf } from '../dataset.ts'
import { scalingFor } from './scaling.ts'

const everyRow = (count: number) => Uint32Array.from({ length: count }, (_, i) => i)
const tableOf = (values: number[], columns: number) =>
  datasetOf(ndarray(Float32Array.from(values), [values.length / columns, columns]), { name: 'toy' })
const bytes = datasetOf(ndarray(Uint8Array.of(0, 10, 20, 30, 5, 5, 5, 5), [1, 2, 2, 2]), { name: 'toy' })

describe('scalingFor', () => {
  test('none, and unit for bytes, are scalars', async () => {
    const rows = everyRow(1)
    const one = { shift: ndarray(Float32Array.of(0), []), scale: ndarray(Float32Array.of(1), []) }
    const byte = { ...one, scale: ndarray(Float32Array.of(1 / 255), []) }
    expect(await scalingFor(bytes, { rows, scaling: 'none' })).toEqual(one)
    expect(await scalingFor(bytes, { rows, scaling: 'unit' })).toEqual(byte)
  })

  test('bits are not divided by 255; rows that are all black do not tell', async () => {
    const given = (...values: number[]) => {
      const dataset = datasetOf(ndarray(Uint8Array.from(values), [values.length, 1]), { name: 'toy' })
      return scalingFor(dataset, { rows: everyRow(values.length), scaling: 'unit' })
    }
    await expect(given(0, 1, 1)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: bytes that are all 0 or 1 in "toy", to be divided by 255; wanted bytes up to 255, or bits as they are. Fix: leave --scaling and --binarize out: the data are black and white already. [data/bits]]`,
    )
    for (const grey of [
      [0, 1, 2],
      [0, 0],
    ])
      expect((await given(...grey)).scale.data[0]).toBeCloseTo(1 / 255)
  })

  test('standardize gives training columns mean 0 and variance 1', async () => {
    const aTable = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 9 })), {
      minLength: 3,
      maxLength: 2000,
    })
    await fc.assert(
      fc.asyncProperty(aTable, async (pairs) => {
        const dataset = tableOf(pairs.flat(), 2)
        const rows = everyRow(pairs.length)
        const { shift, scale } = await scalingFor(dataset, { rows, scaling: 'standardize' })
        expect([shift.shape, scale.shape]).toEqual([[2], [2]])
        for (const column of [0, 1]) {
          const scaled = pairs.map((pair) => (pair[column] - shift.data[column]) * scale.data[column])
          const mean = scaled.reduce((sum, x) => sum + x, 0) / scaled.length
          const variance = scaled.reduce((sum, x) => sum + (x - mean) ** 2, 0) / scaled.length
          const varies = new Set(pairs.map((pair) => pair[column])).size > 1
          expect(Math.abs(mean)).toBeLessThan(1e-3)
          expect(Math.abs(variance - (varies ? 1 : 0))).toBeLessThan(1e-4)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('a column that never varies is only shifted, whatever rounding says', async () => {
    const { shift, scale } = await scalingFor(tableOf(new Array(1000).fill(0.1), 1), {
      rows: everyRow(1000),
      scaling: 'standardize',
    })
    expect(shift.data[0]).toBeCloseTo(0.1)
    expect(scale.data[0]).toBe(1)
  })

  test('only training rows count', async () => {
    const { shift, scale } = await scalingFor(tableOf([0, 2, 1000], 1), {
      rows: Uint32Array.of(0, 1),
      scaling: 'standardize',
    })
    expect([shift.data[0], scale.data[0]]).toEqual([1, 1])
  })

  test('unit takes float columns from their training range to [0, 1]', async () => {
    const { shift, scale } = await scalingFor(tableOf([-2, 5, 2, 5], 2), {
      rows: everyRow(2),
      scaling: 'unit',
    })
    expect(shift).toEqual(ndarray(Float32Array.of(-2, 5), [2]))
    expect(scale).toEqual(ndarray(Float32Array.of(0.25, 1), [2]))
  })

  test('an image has one scale a channel', async () => {
    const { shift, scale } = await scalingFor(bytes, { rows: everyRow(1), scaling: 'standardize' })
    expect(shift).toEqual(ndarray(Float32Array.of(15, 5), [2, 1, 1]))
    expect(scale).toEqual(ndarray(Float32Array.of(1 / Math.sqrt(125), 1), [2, 1, 1]))
  })

  test('refuses no rows', async () => {
    const given = scalingFor(bytes, { rows: new Uint32Array(), scaling: 'standardize' })
    await expect(given).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: no training rows to scale by; wanted at least one. Fix: hold fewer rows out. [data/scaling-rows]]`,
    )
  })
})
