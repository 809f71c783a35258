/** Readers of arrays, of images, and of what the product itself writes. */
import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { ndarray } from '../../../src/base/arrays.ts'
import { writeNpy } from '../../../src/data/formats/npy.ts'
import { pngChunk, pngOf } from '../../../src/data/formats/png.testing.ts'
import { decodeImages } from '../../../src/data/node/images/decode.ts'
import { SCANNED } from '../../../src/data/node/images/file.ts'
import { scanImages } from '../../../src/data/node/images/scan.ts'
import { openData } from '../../../src/data/node/open.ts'
import { mutated } from '../../../src/data/tables/readers/mutants.testing.ts'
import { readModel } from '../../../src/export/read-model.ts'
import { trainedOnDigits } from '../../../src/export/trained.testing.ts'
import { readWeights, writeWeights } from '../../../src/export/weights.ts'
import { readLog } from '../../../src/runs/node/log.ts'
import { openRun } from '../../../src/runs/node/store.ts'
import { membersOf, oddZip, zipOf } from './archives.ts'
import { oddIdx, oddNpy, oddSafetensors } from './arrays.ts'
import { big, type Dish, joined, type Roll } from './dish.ts'
import { oddJpeg, oddPng } from './images.ts'
import { jpegSeeds } from './jpeg-seeds.ts'
import { oddJsonLines, oddJsonText } from './texts.ts'

const bits = writeNpy(
  ndarray(
    Uint8Array.from({ length: 60 }, (_, i) => Number((i * i) % 7 < 2)),
    [20, 3],
  ),
)
const reals = writeNpy(
  ndarray(
    Float32Array.from({ length: 40 }, (_, i) => i / 7),
    [20, 2],
  ),
)
const classes = writeNpy(
  ndarray(
    Int32Array.from({ length: 20 }, (_, i) => i % 3),
    [20],
  ),
)
const images = writeNpy(
  ndarray(
    Uint8Array.from({ length: 20 * 16 }, (_, i) => i % 256),
    [20, 4, 4],
  ),
)

const idxOf = (type: number, extents: readonly number[], width: number): Uint8Array => {
  const count = extents.reduce((size, extent) => size * extent, width)
  return joined(
    0,
    0,
    type,
    extents.length,
    ...extents.map((extent) => big(extent, 4)),
    new Uint8Array(count).map((_, i) => i * 7),
  )
}

/** Reads some rows; every other file is too large to be held, so that its rows stay where they are. */
async function readArray(path: string, turn: number): Promise<void> {
  const dataset = await openData(path, { memory: turn % 2 === 0 ? 2 ** 30 : 0 })
  const count = Math.min(dataset.count, 5)
  const { data, shape } = await dataset.read(Uint32Array.from({ length: count }, (_, row) => row))
  if (shape.reduce((size, extent) => size * extent, 1) !== data.length)
    throw new Error('a batch of another size')
}

async function readImage(path: string): Promise<void> {
  const files = { folder: dirname(path), files: [basename(path)] }
  const [width, height, isColor] = await scanImages(files)
  const rows = await decodeImages({ ...files, shape: [isColor ? 3 : 1, height, width], isScaled: false })
  if (rows.length !== width * height * (isColor ? 3 : 1) || SCANNED !== 4)
    throw new Error('an image of another size')
}

const pngForms = [
  { width: 9, height: 7, depth: 8, colorType: 2, filters: [0, 1, 2, 3, 4] },
  { width: 9, height: 7, depth: 16, colorType: 6, isInterlaced: true },
  { width: 5, height: 9, depth: 1, colorType: 0 },
  {
    width: 6,
    height: 6,
    depth: 4,
    colorType: 3,
    before: [
      pngChunk(
        'PLTE',
        Array.from({ length: 48 }, (_, i) => 5 * i),
      ),
      pngChunk('tRNS', [9, 200]),
    ],
  },
]
const samples = (length: number, depth: number): number[] =>
  Array.from({ length }, (_, i) => (i * 37) % 2 ** depth)

const pngSeeds = (): Uint8Array[] =>
  pngForms.map((form, i) => pngOf(samples(form.width * form.height * 4, form.depth), form, 1 + (i % 2)))

const someJson =
  (change: (text: string, roll: Roll) => string) =>
  (bytes: Uint8Array, roll: Roll): Uint8Array =>
    Buffer.from(change(Buffer.from(bytes).toString(), roll))

const EVENTS = [
  {
    kind: 'start',
    step: 0,
    totalSteps: 40,
    stepsPerEpoch: 20,
    batch: 8,
    parameters: 99,
    engine: 'native',
    threads: 1,
    examples: { train: 160, validation: 10 },
    rows: { train: '1a', validation: '2b' },
  },
  {
    kind: 'step',
    step: 1,
    epoch: 1,
    loss: 4,
    reconstruction: 3,
    kl: 1,
    terms: { kl: 1 },
    elbo: -4,
    weights: { kl: 1 },
    learningRate: 0.001,
  },
  {
    kind: 'epoch',
    epoch: 1,
    step: 20,
    train: { loss: 4, reconstruction: 3, kl: 1, elbo: -4, terms: { kl: 1 } },
    validation: { loss: 4, reconstruction: 3, kl: 1, elbo: -4, terms: { kl: 1 } },
    examplesPerSecond: 900,
  },
  { kind: 'warning', code: 'train/nothing', step: 20, message: 'no' },
  { kind: 'end', reason: 'finished', step: 40, seconds: 3 },
]

export const otherDishes: readonly Dish[] = [
  {
    name: '.npy',
    file: 'a.npy',
    seeds: () => [bits, reals, images],
    restructured: oddNpy,
    read: readArray,
  },
  {
    name: '.npz',
    file: 'a.npz',
    seeds: () => [
      zipOf([
        { name: 'data.npy', content: reals },
        { name: 'labels.npy', content: classes },
      ]),
      zipOf([
        { name: 'x_train.npy', content: bits },
        { name: 'y_train.npy', content: classes },
        { name: 'x_test.npy', content: bits },
        { name: 'y_test.npy', content: classes },
      ]),
    ],
    restructured: (bytes, roll) =>
      oddZip(membersOf(bytes), roll, (content) => {
        const kind = roll(4)
        return kind === 0 ? mutated(content, roll) : kind === 1 ? oddNpy(content, roll) : content
      }),
    read: readArray,
  },
  {
    name: 'IDX',
    file: 'a-idx3-ubyte',
    seeds: () => [
      idxOf(8, [12, 4, 4], 1),
      idxOf(8, [12, 3], 1),
      idxOf(0x0d, [6, 5], 4),
      idxOf(0x0b, [7, 2], 2),
    ],
    restructured: oddIdx,
    read: readArray,
  },
  { name: 'PNG', file: 'a.png', seeds: pngSeeds, restructured: oddPng, read: readImage },
  { name: 'JPEG', file: 'a.jpg', seeds: jpegSeeds, restructured: oddJpeg, read: readImage },
  {
    name: 'safetensors',
    file: 'a.safetensors',
    seeds: async () => [writeWeights(await trainedOnDigits())],
    restructured: oddSafetensors,
    async read(path, turn) {
      const bytes = await readFile(path)
      if (turn % 2 === 0) await readWeights(bytes)
      else await readModel(bytes)
    },
  },
  {
    name: 'log of a run',
    file: 'events.jsonl',
    seeds: () => [Buffer.from(`${EVENTS.map((event) => JSON.stringify(event)).join('\n')}\n`)],
    restructured: someJson(oddJsonLines),
    read: async (path) => void (await readLog(path)),
  },
  {
    name: 'recipe',
    file: 'recipe.json',
    seeds: async () => [Buffer.from(JSON.stringify((await trainedOnDigits()).recipe))],
    restructured: someJson(oddJsonText),
    read: async (path) => void (await openRun(dirname(path))),
  },
]
