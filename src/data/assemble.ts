import { type NDArray, type NumericArray, ndarray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { formatShape } from '../base/shape.ts'
import { type Dataset, type DatasetDefaults, datasetOf } from './dataset.ts'
import { checkLabelCount } from './labels.ts'

type Rows = NDArray<Uint8Array | Float32Array>

const isChannelCount = (extent: number): boolean => extent === 1 || extent === 3

/** [N, H, W, C] as [N, C, H, W]. */
function channelsFirst({ data, shape: [count, height, width, channels] }: Rows): Rows {
  const shape = [count, channels, height, width]
  if (channels === 1) return { data, shape }
  const out = data.slice()
  const pixels = height * width
  for (let image = 0; image < count; image++) {
    const begin = image * pixels * channels
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < pixels; pixel++)
        out[begin + channel * pixels + pixel] = data[begin + pixel * channels + channel]
  }
  return { data: out, shape }
}

/** [N, D] stays; [N, H, W] gets its one channel; [N, H, W, C] and [N, C, H, W] with 1 or 3 channels become the latter. */
function arrange(rows: Rows, name: string): Rows {
  const { data, shape } = rows
  if (shape.length === 2) return rows
  if (shape.length === 3) return ndarray(data, [shape[0], 1, shape[1], shape[2]])
  if (shape.length === 4 && isChannelCount(shape[3])) return channelsFirst(rows)
  if (shape.length === 4 && isChannelCount(shape[1])) return rows
  return fail({
    code: 'data/shape',
    seen: `the array ${formatShape(shape)} of "${name}"`,
    wanted: '[N, features], [N, height, width] or [N, height, width, channels] with 1 or 3 channels',
    fix: 'reshape the array so that its first axis counts examples',
  })
}

/** Whether bytes are black and white already, with 1 for white: nothing is left to scale or to draw. */
const isBits = (data: NumericArray): boolean =>
  data instanceof Uint8Array && data.includes(1) && data.every((value) => value <= 1)

const isBytes = (values: ArrayLike<number>): boolean => {
  for (let i = 0; i < values.length; i++) if (!(values[i] >= 0 && values[i] <= 255)) return false
  return true
}

/** The stored type every later step knows: uint8 (0 to 255) for bytes and for integer images, else float32. */
function store({ data, shape }: NDArray): Rows {
  if (data instanceof Uint8Array || data instanceof Float32Array) return { data, shape }
  if (data instanceof Int32Array && shape.length > 2 && isBytes(data))
    return { data: Uint8Array.from(data), shape }
  return { data: Float32Array.from(data), shape }
}

function checkFinite(data: Float32Array, width: number, name: string): void {
  const at = data.findIndex((value) => !Number.isFinite(value))
  if (at >= 0)
    fail({
      code: 'data/not-finite',
      seen: `the value ${data[at]} in row ${Math.floor(at / width) + 1} of "${name}", position ${(at % width) + 1}`,
      wanted: 'finite numbers in the range of float32',
      fix: 'leave the row out, or fill the value in',
    })
}

/** Bytes and numbers in [0, 1] read as probabilities; other numbers as measurements of unknown scale. */
function defaultsOf({ data }: Rows): DatasetDefaults {
  if (data instanceof Uint8Array && !isBits(data))
    return { likelihood: 'bernoulli', scaling: 'unit', binarize: 'none' }
  return data.every((value) => value >= 0 && value <= 1)
    ? { likelihood: 'bernoulli', scaling: 'none', binarize: 'none' }
    : { likelihood: 'gaussian', scaling: 'standardize', binarize: 'none' }
}

/**
 * A data set from one array whose first axis counts examples, as files hold it.
 *
 * Examples come to [features] or [channels, height, width]; bytes stay uint8 and are not copied unless channels
 * move; float64 becomes float32. Errors: `data/shape`, `data/empty`, `data/not-finite`, `data/label-count`.
 */
export function datasetFrom(
  array: NDArray,
  about: Pick<Dataset, 'name'> & Partial<Pick<Dataset, 'labels' | 'columns' | 'test' | 'defaults'>>,
): Dataset {
  const rows = arrange(store(array), about.name)
  if (rows.data.length === 0)
    fail({
      code: 'data/empty',
      seen: `the array ${formatShape(array.shape)} of "${about.name}"`,
      wanted: 'at least one example with at least one number',
      fix: 'check that this is the right array',
    })
  if (rows.data instanceof Float32Array) checkFinite(rows.data, rows.data.length / rows.shape[0], about.name)
  if (about.labels) checkLabelCount(about.labels, rows.shape[0], about.name)
  return datasetOf(rows, {
    ...about,
    defaults: { ...defaultsOf(rows), ...(isBits(rows.data) ? {} : about.defaults) },
  })
}
