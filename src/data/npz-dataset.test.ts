import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type NDArray, ndarray } from '../base/arrays.ts'
import { factorsOf } from './factors.ts'
import { writeNpy } from './formats/npy.ts'
import { datasetFromNpz } from './npz-dataset.ts'

const COUNT = 300
const images = ndarray(
  Uint8Array.from({ length: COUNT * 15 }, (_, i) => Number((i * i) % 7 < 2)),
  [COUNT, 5, 3],
)
const classes = ndarray(
  Int32Array.from({ length: COUNT * 6 }, (_, i) => (i % 6) * (Math.floor(i / 6) % 2)),
  [COUNT, 6],
)
/** A dictionary as NumPy stores it, of which only Python can make sense. */
const metadata = new TextEncoder().encode(
  "\x93NUMPY\x01\x00\x46\x00{'descr': '|O', 'fortran_order': False, 'shape': (), }",
)

/** The arrays of dSprites' own file, stored in its order. */
const official = (imgs: NDArray, latents: NDArray = classes, level: 0 | 6 = 6): Uint8Array =>
  zipSync(
    {
      'metadata.npy': metadata,
      'imgs.npy': writeNpy(imgs),
      'latents_classes.npy': writeNpy(latents),
      'latents_values.npy': writeNpy(latents),
    },
    { level },
  )

const ALL = Array.from({ length: COUNT }, (_, row) => (row * 7) % COUNT)

test.each([
  { kept: 'as they are', options: {}, level: 6 },
  { kept: 'as bits', options: { memory: 1000 }, level: 6 },
  { kept: 'as bits, from a file that is not compressed', options: { memory: 1000 }, level: 0 },
] as const)('dSprites’ own arrays, kept $kept', async ({ options, level }) => {
  const dataset = datasetFromNpz(official(images, classes, level), 'dsprites', options)
  expect(dataset).toMatchObject({
    name: 'dsprites',
    count: COUNT,
    exampleShape: [1, 5, 3],
    dtype: 'uint8',
    defaults: { likelihood: 'bernoulli', scaling: 'none', binarize: 'none' },
    factors: {
      names: ['color', 'shape', 'scale', 'orientation', 'posX', 'posY'],
      levels: [1, 2, 3, 4, 5, 6],
    },
  })
  const { data, shape } = await dataset.read(ALL)
  expect(shape).toEqual([COUNT, 1, 5, 3])
  expect(data).toEqual(
    Uint8Array.from(ALL.flatMap((row) => [...images.data.subarray(row * 15, row * 15 + 15)])),
  )
  expect(factorsOf(dataset, [3, 4])).toEqual({
    names: ['shape', 'scale', 'orientation', 'posX', 'posY'],
    levels: [2, 3, 4, 5, 6],
    values: Int32Array.of(1, 2, 3, 4, 5, 0, 0, 0, 0, 0),
  })
})

test('what is large but no bits is kept as it is', async () => {
  const grey = ndarray(images.data.slice(), images.shape)
  grey.data[COUNT * 15 - 1] = 9
  const floats = ndarray(Float32Array.from(images.data), images.shape)
  for (const imgs of [grey, floats]) {
    const { data } = await datasetFromNpz(official(imgs), 'x', { memory: 1000 }).read([COUNT - 1])
    expect([...data]).toEqual([...imgs.data.subarray(-15)])
  }
})

test('factors by that name are those of any data, and have to fit', () => {
  const npz = zipSync({ 'x.npy': writeNpy(images), 'factors.npy': writeNpy(classes) })
  expect(datasetFromNpz(npz, 'x', {}).factors?.names[5]).toBe('factor 6')
  expect(() =>
    datasetFromNpz(official(images, ndarray(new Int32Array(6), [1, 6])), 'x', {}),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: factors [1, 6] for 300 rows; wanted [300, K] for K factors. Fix: give one row of factors for each example. [data/factor-shape]]`,
  )
})

test('a damaged array is refused, whichever way it is read', () => {
  const damaged = official(images)
  const name = new TextDecoder('latin1').decode(damaged).indexOf('imgs.npy')
  damaged.fill(0xff, name + 8, name + 16)
  for (const memory of [1000, 1e9])
    expect(() => datasetFromNpz(damaged, 'x', { memory })).toThrowError(/\[npz\/torn\]/)
})
