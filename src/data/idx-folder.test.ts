import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Folder } from './folder.ts'
import { openIdxFolder } from './idx-folder.ts'

const images = (count: number) =>
  Uint8Array.from([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 2, ...new Array(count * 2).fill(7)])
const labels = (...classes: number[]) => Uint8Array.from([0, 0, 8, 1, 0, 0, 0, classes.length, ...classes])

const folderOf = (files: Record<string, Uint8Array>): Folder => ({
  name: 'toy',
  list: async () => Object.keys(files),
  read: async (file) => files[file],
})

describe('openIdxFolder', () => {
  test('takes training and test sets with their labels, plain or gzip', async () => {
    const dataset = await openIdxFolder(
      folderOf({
        'train-images-idx3-ubyte.gz': new Uint8Array(gzipSync(images(3))),
        'train-labels-idx1-ubyte': labels(0, 1, 2),
        't10k-images.idx3-ubyte': images(1),
        't10k-labels.idx1-ubyte': labels(9),
      }),
    )
    const defaults = { binarize: 'dynamic', likelihood: 'bernoulli', scaling: 'unit' }
    expect(dataset).toMatchObject({
      name: 'toy',
      count: 3,
      exampleShape: [1, 1, 2],
      labels: Int32Array.of(0, 1, 2),
      defaults,
    })
    expect(dataset.test).toMatchObject({ name: 'toy test', count: 1, labels: Int32Array.of(9), defaults })
  })

  test('images alone are enough', async () => {
    const dataset = await openIdxFolder(folderOf({ 'train-images-idx3-ubyte': images(2) }), 'other')
    expect(dataset).toMatchObject({ name: 'other', count: 2, labels: undefined, test: undefined })
  })

  test('says what is wrong', async () => {
    const train = { 'train-images-idx3-ubyte': images(2) }
    const open = (files: Record<string, Uint8Array>) => openIdxFolder(folderOf(files), 'toy', { classes: 10 })
    await expect(open({ 'readme.md': labels() })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: no training images in the folder "toy" (1 files); wanted IDX files named train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-…, plain or .gz. Fix: name the folder that holds these files. [data/idx-folder]]`,
    )
    await expect(
      open({ ...train, 'train-labels-idx1-ubyte': labels(1, 10) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: train-labels-idx1-ubyte: label outside range: 10 at row 2; wanted whole numbers from 0 to 9. Fix: number the classes from 0, or name another label column. [data/label-range]]`,
    )
    await expect(
      open({ ...train, 'train-labels-idx1-ubyte': labels(1) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 1 labels for the 2 rows of "toy"; wanted one label a row. Fix: give the labels that belong to this data. [data/label-count]]`,
    )
    await expect(
      open({ 'train-images-idx3-ubyte': images(2).subarray(0, 18) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: train-images-idx3-ubyte: an IDX file of 18 bytes; wanted 20 bytes for 1-byte elements [2, 1, 2]. Fix: copy or download the file again. [idx/torn]]`,
    )
  })
})
