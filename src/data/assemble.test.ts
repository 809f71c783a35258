import { describe, expect, test } from 'vitest'
import { type NumericArray, ndarray } from '../base/arrays.ts'
import { datasetFrom } from './assemble.ts'

const from = (data: NumericArray, shape: number[]) => datasetFrom(ndarray(data, shape), { name: 'toy' })
const counting = (length: number) => Uint8Array.from({ length }, (_, i) => i)

describe('shapes', () => {
  test.each([
    [[2, 6], [6]],
    [
      [2, 3, 2],
      [1, 3, 2],
    ],
    [
      [1, 2, 2, 3],
      [3, 2, 2],
    ],
    [
      [1, 3, 2, 2],
      [3, 2, 2],
    ],
    [
      [1, 4, 3, 1],
      [1, 4, 3],
    ],
  ])('%j holds examples of %j', (shape, example) => {
    expect(from(counting(12), shape).exampleShape).toEqual(example)
  })

  test('channels move to the front', async () => {
    const { data } = await from(counting(24), [2, 2, 2, 3]).read([1])
    expect([...data]).toEqual([12, 15, 18, 21, 13, 16, 19, 22, 14, 17, 20, 23])
  })

  test.each([
    ['one axis', [12]],
    ['five channels', [1, 2, 1, 6]],
    ['five axes', [1, 2, 2, 1, 3]],
  ])('refuses %s', (_, shape) => {
    expect(() => from(counting(12), shape)).toThrow('[data/shape]')
  })
})

describe('types', () => {
  test('bytes are not copied', async () => {
    const data = counting(4)
    const { dtype, read } = from(data, [2, 2])
    data[2] = 99
    expect(dtype).toBe('uint8')
    expect((await read([1])).data).toEqual(Uint8Array.of(99, 3))
  })

  test('bits stay as they are, and are neither scaled nor drawn, whatever the collection is used to', async () => {
    const bits = datasetFrom(ndarray(Uint8Array.of(0, 1, 1, 0), [1, 2, 2]), {
      name: 'toy',
      defaults: { binarize: 'dynamic', scaling: 'unit' },
    })
    expect((await bits.read([0])).data).toEqual(Uint8Array.of(0, 1, 1, 0))
    expect(bits.defaults).toEqual({ likelihood: 'bernoulli', scaling: 'none', binarize: 'none' })
  })

  test('integer images become bytes, integer tables and float64 become float32', async () => {
    expect((await from(Int32Array.of(0, 200), [1, 1, 2]).read([0])).data).toEqual(Uint8Array.of(0, 200))
    expect((await from(Int32Array.of(0, 200), [1, 2]).read([0])).data).toEqual(Float32Array.of(0, 200))
    expect((await from(Int32Array.of(0, 300), [1, 1, 2]).read([0])).data).toEqual(Float32Array.of(0, 300))
    expect((await from(Float64Array.of(0.1), [1, 1]).read([0])).data).toEqual(Float32Array.of(0.1))
  })
})

test('defaults follow the numbers', () => {
  expect(from(Uint8Array.of(0, 255), [1, 2]).defaults).toEqual({
    likelihood: 'bernoulli',
    scaling: 'unit',
    binarize: 'none',
  })
  expect(from(Float32Array.of(0, 1), [1, 2]).defaults).toEqual({
    likelihood: 'bernoulli',
    scaling: 'none',
    binarize: 'none',
  })
  expect(from(Float32Array.of(0, 1.5), [1, 2]).defaults).toEqual({
    likelihood: 'gaussian',
    scaling: 'standardize',
    binarize: 'none',
  })
})

test('says what is wrong', () => {
  expect(() => from(counting(5), [5])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the array [5] of "toy"; wanted [N, features], [N, height, width] or [N, height, width, channels] with 1 or 3 channels. Fix: reshape the array so that its first axis counts examples. [data/shape]]`,
  )
  expect(() => from(new Float32Array(), [0, 3])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the array [0, 3] of "toy"; wanted at least one example with at least one number. Fix: check that this is the right array. [data/empty]]`,
  )
  expect(() => from(Float32Array.of(1, 2, 3, Number.NaN), [2, 2])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the value NaN in row 2 of "toy", position 2; wanted finite numbers in the range of float32. Fix: leave the row out, or fill the value in. [data/not-finite]]`,
  )
  expect(() => from(Float64Array.of(1, 1e39), [2, 1])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the value Infinity in row 2 of "toy", position 1; wanted finite numbers in the range of float32. Fix: leave the row out, or fill the value in. [data/not-finite]]`,
  )
  const labels = Int32Array.of(1)
  expect(() => datasetFrom(ndarray(counting(4), [2, 2]), { name: 'toy', labels })).toThrow(
    '[data/label-count]',
  )
})
