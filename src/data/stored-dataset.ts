import type { NumericArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { sizeOf } from '../base/shape.ts'
import { arrangement } from './arrange.ts'
import type { Dataset, DatasetAbout, DatasetDefaults } from './dataset.ts'
import type { ArrayLayout } from './formats/array-layout.ts'
import { checkLabelCount } from './labels.ts'
import { withReadAhead } from './read-ahead.ts'
import type { StoredBytes } from './stored-bytes.ts'
import { type Survey, surveyRows } from './survey.ts'

/**
 * The data set that `datasetFrom` would make of the whole array, its rows read from the file whenever they are needed.
 *
 * Numbers that are no bytes pass by once, to be checked and to find the defaults. Errors: those of `datasetFrom`,
 * `data/column-major`.
 */
export async function datasetFromStored(
  bytes: StoredBytes,
  layout: ArrayLayout,
  about: DatasetAbout,
): Promise<Dataset> {
  const { shape, start } = layout
  if (layout.isColumnMajor) refuseColumnMajor(about.name)
  const arrange = arrangement(shape, about.name)
  if (about.labels) checkLabelCount(about.labels, shape[0], about.name)
  const example = shape.slice(1)
  const place = { start, width: sizeOf(example) * layout.width }
  const typed = (Type: Stored): Dataset =>
    withReadAhead({
      defaults: {},
      ...about,
      count: shape[0],
      exampleShape: arrange({ data: new Type(sizeOf(example)), shape: [1, ...example] }).shape.slice(1),
      dtype: Type === Uint8Array ? 'uint8' : 'float32',
      async read(indices) {
        const numbers = layout.decode(await bytes.records(place, indices))
        const data = numbers instanceof Type ? numbers : new Type(numbers)
        return arrange({ data, shape: [indices.length, ...example] })
      },
    })
  return surveyed(typed, layout.decode(new Uint8Array()), shape.length > 2, about.defaults)
}

type Stored = typeof Uint8Array | typeof Float32Array

/** Finds the type that the rows are stored in, as `datasetFrom` would, and their defaults. */
async function surveyed(
  typed: (type: Stored) => Dataset,
  sample: NumericArray,
  areImages: boolean,
  usual: DatasetDefaults | undefined,
): Promise<Dataset> {
  const dataset = typed(sample instanceof Uint8Array ? Uint8Array : Float32Array)
  const seen = await surveyOf(dataset)
  if (!(sample instanceof Int32Array && areImages && seen.areBytes()))
    return { ...dataset, defaults: seen.defaults(usual) }
  const images = typed(Uint8Array)
  return { ...images, defaults: (await surveyOf(images)).defaults(usual) }
}

const surveyOf = (dataset: Dataset): Promise<Survey> =>
  surveyRows(
    dataset,
    Uint32Array.from({ length: dataset.count }, (_, row) => row),
  )

const refuseColumnMajor = (name: string): never =>
  fail({
    code: 'data/column-major',
    seen: `the numbers of "${name}" in Fortran order, too many to be held`,
    wanted: 'C order, where the numbers of an example lie together',
    fix: 'save numpy.ascontiguousarray(array)',
  })
