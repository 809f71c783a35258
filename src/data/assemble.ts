import type { NDArray } from '../base/arrays.ts'
import { arrangement, type StoredRows } from './arrange.ts'
import { type Dataset, type DatasetAbout, datasetOf } from './dataset.ts'
import { checkLabelCount } from './labels.ts'
import { survey } from './survey.ts'

const isBytes = (values: ArrayLike<number>): boolean => {
  for (let i = 0; i < values.length; i++) if (!(values[i] >= 0 && values[i] <= 255)) return false
  return true
}

/** The stored type every later step knows: uint8 (0 to 255) for bytes and for integer images, else float32. */
function store({ data, shape }: NDArray): StoredRows {
  if (data instanceof Uint8Array || data instanceof Float32Array) return { data, shape }
  if (data instanceof Int32Array && shape.length > 2 && isBytes(data))
    return { data: new Uint8Array(data), shape }
  return { data: new Float32Array(data), shape }
}

/**
 * A data set from one array whose first axis counts examples, as files hold it.
 *
 * Examples come to [features] or [channels, height, width]; bytes stay uint8 and are not copied unless channels
 * move; float64 becomes float32. Errors: `data/shape`, `data/empty`, `data/not-finite`, `data/label-count`.
 */
export function datasetFrom(array: NDArray, about: DatasetAbout): Dataset {
  const rows = arrangement(array.shape, about.name)(store(array))
  const seen = survey(about.name)
  seen.look(rows)
  if (about.labels) checkLabelCount(about.labels, rows.shape[0], about.name)
  return datasetOf(rows, { ...about, defaults: seen.defaults(about.defaults) })
}
