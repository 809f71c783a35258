/** Finite scalar quantization: every level is written and read, and gradients pass through. */
import { expect, test } from 'vitest'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { array, evaluated } from '../../testing/evaluated.ts'
import { weighted } from '../../testing/probing.ts'
import { fsq } from './fsq.ts'

const layers = () => {
  throw new Error('no parameters')
}
const options = { levels: [4, 3] }

test('codes are the nearest of their levels, evenly between −1 and 1', async () => {
  const rows = 101
  const values = Array.from({ length: rows }, (_, i) => [i / 50 - 1, 1 - i / 50]).flat()
  const mean = input('mean', [rows, 2])
  const { code } = fsq.draw({ mean }, mean, layers, options)
  const found = await evaluated({ code }, { mean: array(values, [rows, 2]) })
  const levels = [
    [-1, -1 / 3, 1 / 3, 1],
    [-1, 0, 1],
  ]
  values.forEach((value, i) => {
    const nearest = Math.min(...levels[i % 2].map((level) => Math.abs(level - value)))
    expect(Math.abs(found.code[i] - value)).toBeCloseTo(nearest, 9)
  })
})

test('the rate is the log of the number of codes, and log q is that of a certain code', async () => {
  const mean = input('mean', [1, 2])
  const { logDensity } = fsq.draw({ mean }, mean, layers, options)
  const kl = fsq.kl?.({ mean }, layers, options) as Tensor
  const found = await evaluated(
    { kl, logDensity: logDensity as Tensor },
    { mean: array([0.3, -0.9], [1, 2]) },
  )
  expect(found.logDensity[0]).toBeCloseTo(0, 12)
  expect(found.kl[0]).toBeCloseTo(Math.log(4), 12)
  expect(found.kl[1]).toBeCloseTo(Math.log(3), 12)
})

test('each one-hot is the code that reads as it', async () => {
  const oneHots = [0, 1, 2, 3].flatMap((a) =>
    [0, 1, 2].flatMap((b) => [0, 1, 2, 3].map((k) => +(k === a)).concat([0, 1, 2, 3].map((k) => +(k === b)))),
  )
  const given = input('given', [12, 2, 4])
  const code = fsq.coding?.write(given, layers, options) as Tensor
  const read = fsq.coding?.read(code, layers, options) as Tensor
  const found = await evaluated({ code, read }, { given: array(oneHots, [12, 2, 4]) })
  expect([...found.read]).toEqual(oneHots)
  expect([...found.code.subarray(0, 2)]).toEqual([-1, -1])
  expect([...found.code.subarray(22)]).toEqual([1, 1])
})

test('gradients pass through as if nothing were rounded', async () => {
  const mean = input('mean', [2, 2])
  const { code } = fsq.draw({ mean }, mean, layers, options)
  const slopes = gradient(weighted(code), [mean])
  const wanted = gradient(weighted(mean), [mean])
  const found = await evaluated(
    { slope: slopes[0], wanted: wanted[0] },
    { mean: array([0.3, -0.9, 0.1, 0], [2, 2]) },
  )
  expect([...found.slope]).toEqual([...found.wanted])
})
