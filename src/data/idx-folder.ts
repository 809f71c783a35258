import type { NumericArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { datasetFrom } from './assemble.ts'
import type { Dataset, DatasetAbout, DatasetDefaults } from './dataset.ts'
import type { Folder } from './folder.ts'
import { idxLayout, readIdx } from './formats/idx.ts'
import { inFile } from './in-file.ts'
import { type LabelCheck, labelsOf } from './labels.ts'
import { OPENING } from './stored-bytes.ts'
import { datasetFromStored } from './stored-dataset.ts'

/** MNIST's names for its two sets, and what their files end with (`-images-idx3-ubyte`, `.gz` or not). */
const IMAGES = { train: /train-images[-.]idx3-ubyte(\.gz)?$/, test: /t10k-images[-.]idx3-ubyte(\.gz)?$/ }
const LABELS = { train: /train-labels[-.]idx1-ubyte(\.gz)?$/, test: /t10k-labels[-.]idx1-ubyte(\.gz)?$/ }

/** Pixels are probabilities of white, drawn afresh at each use, so that a Bernoulli likelihood is one. */
const binary: DatasetDefaults = { binarize: 'dynamic', likelihood: 'bernoulli', scaling: 'unit' }

/** Whether a folder with these files is one that `openIdxFolder` opens. */
export const isIdxFolder = (files: readonly string[]): boolean =>
  files.some((file) => IMAGES.train.test(file))

async function openPart(
  folder: Folder,
  files: readonly string[],
  part: 'train' | 'test',
  name: string,
  check: LabelCheck,
): Promise<Dataset | undefined> {
  const imageFile = files.find((file) => IMAGES[part].test(file))
  const labelFile = files.find((file) => LABELS[part].test(file))
  if (imageFile === undefined) return undefined
  const labels = labelFile === undefined ? undefined : await readLabels(folder, labelFile, check)
  const about = (numbers: NumericArray): DatasetAbout => ({
    name,
    labels,
    defaults: numbers instanceof Uint8Array ? binary : {},
  })
  const large = await folder.stored?.(imageFile, (opening) => inFile(imageFile, () => idxLayout(opening)))
  if (large) {
    const opening = await large.opening(OPENING)
    const layout = inFile(imageFile, () => idxLayout(opening, large.size))
    return datasetFromStored(large, layout, about(layout.decode(new Uint8Array())))
  }
  const bytes = await folder.read(imageFile)
  const images = inFile(imageFile, () => readIdx(bytes))
  return datasetFrom(images, about(images.data))
}

async function readLabels(folder: Folder, file: string, check: LabelCheck): Promise<Int32Array> {
  const bytes = await folder.read(file)
  return inFile(file, () => labelsOf(readIdx(bytes).data, check))
}

/**
 * A data set from a folder of IDX files named as MNIST's are, plain or gzip.
 *
 * `train-images-idx3-ubyte` must be there; labels and the `t10k` test set are taken where they are.
 * Errors: `data/idx-folder`, `idx/torn`, `gzip/torn`, `data/label-range`, `data/label-count`.
 */
export async function openIdxFolder(
  folder: Folder,
  name = folder.name,
  check: LabelCheck = {},
): Promise<Dataset> {
  const files = await folder.list()
  const [train, test] = await Promise.all([
    openPart(folder, files, 'train', name, check),
    openPart(folder, files, 'test', `${name} test`, check),
  ])
  if (train === undefined)
    return fail({
      code: 'data/idx-folder',
      seen: `no training images in the folder "${folder.name}" (${files.length} files)`,
      wanted: 'IDX files named train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-…, plain or .gz',
      fix: 'name the folder that holds these files',
      usage: true,
    })
  return { ...train, test }
}
