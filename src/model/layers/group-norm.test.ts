import { expect, test } from 'vitest'
import { initialValues } from '../parameters.ts'
import { groupNorm } from './group-norm.ts'
import { differenceFrom, traceLayer, waveThrough } from './layer.testing.ts'

const SHAPE = [2, 4, 2, 1]

test('it gives the numbers of PyTorch', async () => {
  const got = await waveThrough(SHAPE, (x, declare) => groupNorm(x, 2, declare))
  expect(got.shape).toEqual(SHAPE)
  // GroupNorm(2, 4) whose weight is 1 + the first parameter
  const wanted = [
    1.21724024, 2.00981477, -0.38024615, -2.88095305, -0.63777986, -1.78738751, -1.05763613, -0.66658168,
    -2.80260819, 1.2438702, 1.07441937, -0.75778698, 0.26526987, -0.97236061, -1.0963199, -1.04728151,
  ]
  expect(differenceFrom(got, wanted)).toBeLessThan(1e-8)
})

test('scale starts at 1 and shift at 0', () => {
  const { parameters } = traceLayer(SHAPE, (x, declare) => groupNorm(x, 2, declare))
  expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ['layer.scaleOffset', [4]],
    ['layer.shift', [4]],
  ])
  for (const [i, own] of parameters.entries())
    expect(Array.from(initialValues(own, i, 1))).toEqual([0, 0, 0, 0])
})

test('groups that do not divide the channels are refused', () => {
  expect(() =>
    traceLayer([2, 12, 3, 3], (x, declare) => groupNorm(x, 8, declare)),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 8 groups of 12 channels; wanted a number of groups that divides every width. Fix: use --groups 4, or widths that are multiples of 8. [model/groups]]`,
  )
})
