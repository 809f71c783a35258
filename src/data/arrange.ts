import { type NDArray, ndarray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { type ConcreteShape, formatShape } from '../base/shape.ts'

/** Rows in a type that data sets store. */
export type StoredRows = NDArray<Uint8Array | Float32Array>

const isChannelCount = (extent: number): boolean => extent === 1 || extent === 3

/** [n, H, W, C] as [n, C, H, W]. */
function channelsFirst({ data, shape: [count, height, width, channels] }: StoredRows): StoredRows {
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

/**
 * How rows of an array of this shape become examples.
 *
 * [N, D] stays; [N, H, W] gets its one channel; [N, H, W, C] and [N, C, H, W] with 1 or 3 channels become the latter.
 * Errors: `data/shape`, `data/empty`.
 */
export function arrangement(shape: ConcreteShape, name: string): (rows: StoredRows) => StoredRows {
  const arrange = arrangementOf(shape)
  if (arrange === undefined)
    return fail({
      code: 'data/shape',
      seen: `the array ${formatShape(shape)} of "${name}"`,
      wanted: '[N, features], [N, height, width] or [N, height, width, channels] with 1 or 3 channels',
      fix: 'reshape the array so that its first axis counts examples',
    })
  if (shape.includes(0))
    return fail({
      code: 'data/empty',
      seen: `the array ${formatShape(shape)} of "${name}"`,
      wanted: 'at least one example with at least one number',
      fix: 'check that this is the right array',
    })
  return arrange
}

function arrangementOf(whole: ConcreteShape): ((rows: StoredRows) => StoredRows) | undefined {
  if (whole.length === 2) return (rows) => rows
  if (whole.length === 3)
    return ({ data, shape: [count, height, width] }) => ndarray(data, [count, 1, height, width])
  if (whole.length === 4 && isChannelCount(whole[3])) return channelsFirst
  if (whole.length === 4 && isChannelCount(whole[1])) return (rows) => rows
  return undefined
}
