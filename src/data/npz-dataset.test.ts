import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type NDArray, ndarray } from '../base/arrays.ts'
import { factorsOf } from './factors.ts'
import { writeNpy } from './formats/npy.ts'
import { writeNpz } from './formats/npz.ts'
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

test('arrays to train and to test with, in any order', async () => {
  const array = (rows: number, first: number) =>
    ndarray(
      Float32Array.from({ length: rows * 2 }, (_, i) => first + i),
      [rows, 2],
    )
  const numbers = (...values: number[]) => ndarray(Int32Array.from(values), [values.length])
  const file = writeNpz({
    x_test: array(2, 100),
    X_train: array(3, 0),
    y_test: numbers(1, -1),
    y_train: numbers(-1, 1, 1),
    x_val: array(1, 50),
  })
  const dataset = datasetFromNpz(file, 'keras', {})
  expect(dataset).toMatchObject({ count: 3, labels: Int32Array.of(0, 1, 1), classes: ['-1', '1'] })
  expect(dataset.test).toMatchObject({ name: 'keras test', count: 2, labels: Int32Array.of(1, 0) })
  expect(dataset.validation).toMatchObject({ count: 1 })
  expect((await dataset.test?.read([0]))?.data).toEqual(Float32Array.of(100, 101))
  expect(datasetFromNpz(file, 'keras', { array: 'x_test' })).not.toHaveProperty('test')
})

/** Texts as NumPy stores them, four bytes a character or one. */
function textNpy(texts: readonly string[], kind: 'U' | 'S'): Uint8Array {
  const length = Math.max(...texts.map((text) => text.length))
  const header = `{'descr': '${kind === 'U' ? '<U' : '|S'}${length}', 'fortran_order': False, 'shape': (${texts.length},), }`
  const data = texts.flatMap((text) =>
    Array.from(text.padEnd(length, '\0'), (one) => one.charCodeAt(0)).flatMap((code) =>
      kind === 'U' ? [code & 255, code >> 8, 0, 0] : [code],
    ),
  )
  const opening = [
    0x93,
    ...new TextEncoder().encode(`NUMPY\x01\x00${String.fromCharCode(header.length)}\x00`),
  ]
  return Uint8Array.of(...opening, ...new TextEncoder().encode(header), ...data)
}

test('labels that are texts are the names of classes, the same in each part', () => {
  const x = writeNpy(ndarray(new Float32Array(8), [4, 2]))
  for (const kind of ['U', 'S'] as const) {
    const bytes = zipSync({
      'y_test.npy': textNpy(['dog', 'dog', 'dog', 'bird'], kind),
      'x_test.npy': x,
      'y_train.npy': textNpy(['dog', 'cat', 'bird', 'dog'], kind),
      'x_train.npy': x,
    })
    expect(datasetFromNpz(bytes, 'pets', {})).toMatchObject({
      labels: Int32Array.of(2, 1, 0, 2),
      classes: ['bird', 'cat', 'dog'],
      test: { labels: Int32Array.of(2, 2, 2, 0), classes: ['bird', 'cat', 'dog'] },
    })
  }
  const unknown = zipSync({
    'x_train.npy': x,
    'y_train.npy': textNpy(['a', 'b', 'a', 'b'], 'U'),
    'x_test.npy': x,
    'y_test.npy': textNpy(['a', 'b', 'c', 'b'], 'U'),
  })
  expect(() => datasetFromNpz(unknown, 'pets', {})).toThrow('row 3 of y_test ("c")')
  const onlyTexts = zipSync({ 'x.npy': textNpy(['a', 'b'], 'U') })
  expect(() => datasetFromNpz(onlyTexts, 'pets', {})).toThrow('numpy.unique(array, return_inverse=True)[1]')
})

test('factors that are real numbers become levels', () => {
  const rows = 200
  const factors = ndarray(
    Float64Array.from(
      { length: rows * 3 },
      (_, i) => [Math.floor(i / 3) % 4, (Math.floor(i / 3) % 5) * 0.25 - 1, Math.sqrt(i)][i % 3],
    ),
    [rows, 3],
  )
  const file = writeNpz({ data: ndarray(new Float32Array(rows), [rows, 1]), factors })
  expect(datasetFromNpz(file, 'real', {}).factors).toMatchObject({ levels: [4, 5, 20] })
})

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
