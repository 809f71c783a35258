import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { datasetFrom } from './assemble.ts'
import type { Dataset, DatasetDefaults } from './dataset.ts'
import type { Folder } from './folder.ts'
import { readIdx } from './formats/idx.ts'
import { inFile } from './in-file.ts'
import { type LabelCheck, labelsOf } from './labels.ts'

/** MNIST's names for its two sets, and what their files end with (`-images-idx3-ubyte`, `.gz` or not). */
const IMAGES = { train: /train-images[-.]idx3-ubyte(\.gz)?$/, test: /t10k-images[-.]idx3-ubyte(\.gz)?$/ }
const LABELS = { train: /train-labels[-.]idx1-ubyte(\.gz)?$/, test: /t10k-labels[-.]idx1-ubyte(\.gz)?$/ }

/** Pixels are probabilities of white, drawn afresh at each use, so that a Bernoulli likelihood is one. */
const binary: DatasetDefaults = { binarize: 'dynamic', likelihood: 'bernoulli', scaling: 'unit' }

async function readPart(
  folder: Folder,
  files: readonly string[],
  part: 'train' | 'test',
  check: LabelCheck,
): Promise<{ images: NDArray; labels?: Int32Array } | undefined> {
  const imageFile = files.find((file) => IMAGES[part].test(file))
  const labelFile = files.find((file) => LABELS[part].test(file))
  if (imageFile === undefined) return undefined
  const [images, labels] = await Promise.all([
    folder.read(imageFile).then((bytes) => inFile(imageFile, () => readIdx(bytes))),
    labelFile === undefined
      ? undefined
      : folder.read(labelFile).then((bytes) => inFile(labelFile, () => labelsOf(readIdx(bytes).data, check))),
  ])
  return { images, labels }
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
    readPart(folder, files, 'train', check),
    readPart(folder, files, 'test', check),
  ])
  if (train === undefined)
    return fail({
      code: 'data/idx-folder',
      seen: `no training images in the folder "${folder.name}" (${files.length} files)`,
      wanted: 'IDX files named train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-…, plain or .gz',
      fix: 'name the folder that holds these files',
      usage: true,
    })
  const defaults = train.images.data instanceof Uint8Array ? binary : {}
  return datasetFrom(train.images, {
    name,
    labels: train.labels,
    defaults,
    test: test && datasetFrom(test.images, { name: `${name} test`, labels: test.labels, defaults }),
  })
}
