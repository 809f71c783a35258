import type { NDArray, NumericArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { sizeOf } from '../../base/shape.ts'
import { readInChunks } from '../chunks.ts'
import type { Dataset, Scaling } from '../dataset.ts'
import { surveyRows } from '../survey.ts'

/** How stored numbers become what the model sees: x_model = (x − shift)·scale, broadcast over an example. */
export interface Affine {
  readonly shift: NDArray<Float32Array>
  readonly scale: NDArray<Float32Array>
}

const scalar = (value: number): NDArray<Float32Array> => ({ data: Float32Array.of(value), shape: [] })
const sameForAll = (scale: number): Affine => ({ shift: scalar(0), scale: scalar(scale) })

/** Visits the numbers of every row group by group: the columns of a table, the channels of an image. */
async function forEachGroup(
  dataset: Dataset,
  rows: Uint32Array,
  visit: (group: number, data: NumericArray, from: number, to: number) => void,
): Promise<void> {
  const [groups] = dataset.exampleShape
  const extent = sizeOf(dataset.exampleShape) / groups
  for await (const { rows: read } of readInChunks(dataset, rows))
    for (let at = 0; at < read.data.length; at += extent)
      visit((at / extent) % groups, read.data, at, at + extent)
}

function refuseBits(name: string): never {
  return fail({
    code: 'data/bits',
    seen: `bytes that are all 0 or 1 in "${name}", to be divided by 255`,
    wanted: 'bytes up to 255, or bits as they are',
    fix: 'leave --scaling and --binarize out: the data are black and white already',
    usage: true,
  })
}

/** Mean, standard deviation and range of each group; two passes in float64. */
async function statisticsOf(dataset: Dataset, rows: Uint32Array) {
  const [groups] = dataset.exampleShape
  const count = (rows.length * sizeOf(dataset.exampleShape)) / groups
  const sum = new Float64Array(groups)
  const squares = new Float64Array(groups)
  const least = new Float64Array(groups).fill(Number.POSITIVE_INFINITY)
  const greatest = new Float64Array(groups).fill(Number.NEGATIVE_INFINITY)
  await forEachGroup(dataset, rows, (group, data, from, to) => {
    for (let at = from; at < to; at++) {
      const value = data[at]
      sum[group] += value
      if (value < least[group]) least[group] = value
      if (value > greatest[group]) greatest[group] = value
    }
  })
  const mean = sum.map((total) => total / count)
  await forEachGroup(dataset, rows, (group, data, from, to) => {
    for (let at = from; at < to; at++) squares[group] += (data[at] - mean[group]) ** 2
  })
  return { mean, deviation: squares.map((total) => Math.sqrt(total / count)), least, greatest }
}

/**
 * The scaling of a data set, from its training rows alone.
 *
 * `none`: x itself. `unit`: bytes / 255; float data from each group's training range to [0, 1]. `standardize`:
 * each group to training mean 0 and variance 1 (ddof 0). A group is a column of a table ([features]) or a channel
 * of an image ([channels, 1, 1]); one that never varies is only shifted. Scalars have shape [].
 * Errors: `data/scaling-rows` where there is no training row; `data/bits` (usage) for `unit` where white is stored
 * as 1, since 1/255 would leave it all but black.
 */
export async function scalingFor(
  dataset: Dataset,
  { rows, scaling }: { rows: Uint32Array; scaling: Scaling },
): Promise<Affine> {
  if (scaling === 'none') return sameForAll(1)
  if (scaling === 'unit' && dataset.dtype === 'uint8') {
    if ((await surveyRows(dataset, rows)).areBits()) refuseBits(dataset.name)
    return sameForAll(1 / 255)
  }
  if (rows.length === 0)
    fail({
      code: 'data/scaling-rows',
      seen: 'no training rows to scale by',
      wanted: 'at least one',
      fix: 'hold fewer rows out',
    })
  const { mean, deviation, least, greatest } = await statisticsOf(dataset, rows)
  const spread = scaling === 'unit' ? greatest.map((value, group) => value - least[group]) : deviation
  const shape = dataset.exampleShape.map((extent, axis) => (axis === 0 ? extent : 1))
  return {
    shift: { data: Float32Array.from(scaling === 'unit' ? least : mean), shape },
    scale: {
      data: Float32Array.from(spread, (width, group) => (greatest[group] > least[group] ? 1 / width : 1)),
      shape,
    },
  }
}
