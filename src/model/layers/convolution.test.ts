import { expect, test } from 'vitest'
import { convolution, transposedConvolution } from './convolution.ts'
import { differenceFrom, traceLayer, waveThrough } from './layer.testing.ts'

test('a strided convolution of an odd size gives the numbers of PyTorch', async () => {
  const got = await waveThrough([1, 2, 5, 4], (x, declare) =>
    convolution(x, { filters: 2, kernel: 3, stride: 2 }, declare),
  )
  expect(got.shape).toEqual([1, 2, 3, 2])
  // conv2d(pad(x, (0, 1, 1, 1)), weight, bias, stride=2)
  const wanted = [
    -3.29683769, 1.40200915, -6.94006296, -1.16058021, -3.78109504, -3.44907203, -4.0812334, 0.72116629,
    -7.60810325, -1.91602778, -4.3177028, -4.1094925,
  ]
  expect(differenceFrom(got, wanted)).toBeLessThan(1e-8)
})

test('a transposed convolution back to that size gives the numbers of PyTorch', async () => {
  const got = await waveThrough([1, 2, 3, 2], (y, declare) =>
    transposedConvolution(y, { filters: 1, kernel: 3, stride: 2, size: [5, 4] }, declare),
  )
  expect(got.shape).toEqual([1, 1, 5, 4])
  // conv_transpose2d(y, weight, bias, stride=2)[:, :, 1:6, 0:4]
  const wanted = [
    0.18391071, 0.18151851, -0.34182536, -0.47490138, 1.02505585, 0.52186151, 0.58704702, 0.86162729,
    -0.66949824, -0.84159678, -1.2895467, -0.74610512, 0.4005445, 0.86252723, 0.63460994, 0.52413809,
    -0.17722763, -0.23333762, 0.13773271, 0.45554315,
  ]
  expect(differenceFrom(got, wanted)).toBeLessThan(1e-8)
})

test('weights have the shapes and starting bounds of PyTorch, and the batch may be open', () => {
  const filters = { filters: 7, kernel: 3, stride: 2 }
  const forward = traceLayer(['batch', 5, 8, 6], (x, declare) => convolution(x, filters, declare))
  expect(forward.output.shape).toEqual(['batch', 7, 4, 3])
  const back = traceLayer(['batch', 5, 4, 3], (y, declare) =>
    transposedConvolution(y, { ...filters, size: [8, 6] }, declare),
  )
  expect(back.output.shape).toEqual(['batch', 7, 8, 6])
  const facts = [forward, back].map(({ parameters }) =>
    parameters.map(({ name, shape, bound }) => [name, shape, bound]),
  )
  expect(facts).toEqual([
    [
      ['layer.weight', [7, 5, 3, 3], 1 / Math.sqrt(5 * 9)],
      ['layer.bias', [7], 1 / Math.sqrt(5 * 9)],
    ],
    [
      ['layer.weight', [5, 7, 3, 3], 1 / Math.sqrt(7 * 9)],
      ['layer.bias', [7], 1 / Math.sqrt(7 * 9)],
    ],
  ])
})
