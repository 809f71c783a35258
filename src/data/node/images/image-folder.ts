import { fail } from '../../../base/errors.ts'
import type { Dataset, DatasetDefaults } from '../../dataset.ts'
import { fileNameOf } from '../../file-name.ts'
import type { PictureSize } from '../../images/picture.ts'
import { withReadAhead } from '../../read-ahead.ts'
import { readingThreads } from '../threads/pool.ts'
import { bitsOfDeep } from './deep.ts'
import { SCANNED } from './file.ts'
import { imageRows } from './image-rows.ts'
import { type ImageList, listImages } from './list.ts'

/** Headers that a thread reads before it says so. */
const SCANNED_AT_ONCE = 256

/** Bytes are read as probabilities, as those of any other file. */
const defaults: DatasetDefaults = { likelihood: 'bernoulli', scaling: 'unit', binarize: 'none' }

export interface ImageFolderOptions {
  /** Crop every image to the square in its middle and scale that to `size` × `size` pixels. */
  readonly size?: number
  /** 1 for grey, 3 for color; default: color unless all images are grey. */
  readonly channels?: 1 | 3
  /** Bytes of decoded images that are kept. */
  readonly memory: number
}

/**
 * A data set of the images in a folder, or in its subfolders, which then are classes; undefined where it has none.
 *
 * Rows are [channels, height, width] in the order of the files' names. Transparent pixels stand before black. Images
 * are decoded when they are needed, by other threads; samples of 16 bits have as many as the images fill together. Errors: `data/image-size`, `data/image-folder`, those of
 * `scanImages`.
 */
export async function openImageFolder(
  folder: string,
  options: ImageFolderOptions,
): Promise<Dataset | undefined> {
  const sets = await listImages(folder)
  if (sets === undefined) return undefined
  const name = fileNameOf(folder)
  const parts = [sets.train, sets.validation, sets.test].filter((set) => set !== undefined)
  const all = (await Promise.all(parts.map((set) => scanned(folder, set)))).flat()
  const deep = all.filter(({ isDeep }) => isDeep).map(({ file }) => file)
  const bits = deep.length > 0 ? await bitsOfDeep({ folder, files: deep }) : undefined
  const { size } = options
  if (size === undefined) refuseOddSizes(all)
  const [first] = all
  const shape = [
    options.channels ?? (all.some(({ isColor }) => isColor) ? 3 : 1),
    size ?? first.height,
    size ?? first.width,
  ]
  const datasetOf = ({ files, labels }: ImageList, name: string): Dataset =>
    withReadAhead({
      name,
      count: files.length,
      exampleShape: shape,
      dtype: 'uint8',
      read: imageRows({ folder, files, shape, isScaled: size !== undefined, bits }, options.memory),
      labels,
      ...(sets.classes ? { classes: sets.classes } : {}),
      defaults,
    })
  return {
    ...datasetOf(sets.train, name),
    ...(sets.validation ? { validation: datasetOf(sets.validation, `${name} validation`) } : {}),
    ...(sets.test ? { test: datasetOf(sets.test, `${name} test`) } : {}),
  }
}

/** An image that has not been decoded yet. */
interface Scanned extends PictureSize {
  readonly file: string
}

async function scanned(folder: string, { files }: ImageList): Promise<Scanned[]> {
  const parts = Array.from({ length: Math.ceil(files.length / SCANNED_AT_ONCE) }, (_, part) =>
    files.slice(part * SCANNED_AT_ONCE, (part + 1) * SCANNED_AT_ONCE),
  )
  const found = await Promise.all(
    parts.map((part) => readingThreads().run('scanImages', { folder, files: part })),
  )
  return files.map((file, i) => {
    const numbers = found[Math.floor(i / SCANNED_AT_ONCE)]
    const [width, height, color, deep] = numbers.subarray((i % SCANNED_AT_ONCE) * SCANNED)
    return { file, width, height, isColor: color === 1, isDeep: deep === 1 }
  })
}

function refuseOddSizes([first, ...others]: readonly Scanned[]): void {
  const odd = others.find(({ width, height }) => width !== first.width || height !== first.height)
  if (odd)
    fail({
      code: 'data/image-size',
      seen: `${odd.file} has ${odd.width}×${odd.height} pixels, ${first.file} has ${first.width}×${first.height}`,
      wanted: 'images of one size',
      fix: 'add --size 64 to crop and scale them all, or leave the odd ones out',
      usage: true,
    })
}
