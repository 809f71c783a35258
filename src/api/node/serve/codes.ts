/** Codes as lists of numbers, in both directions. */
import { type NDArray, ndarray } from '../../../base/arrays.ts'
import { fail } from '../../../base/errors.ts'
import { shortFloat } from '../../../data/tables/short-float.ts'
import type { Encoded } from '../../../infer/model.ts'
import type { Answered } from './written.ts'

/** Lists of numbers as rows of a shape [n, …]. Error: `serve/body`. */
export function arrayOf(
  lists: readonly unknown[],
  shape: readonly number[],
  dtype: 'float32' | 'uint8',
): NDArray {
  const width = shape.reduce((product, extent) => product * extent, 1)
  const floats = new Float32Array(lists.length * width)
  for (const [row, list] of lists.entries()) {
    const flat: unknown[] = Array.isArray(list) ? list.flat(Number.POSITIVE_INFINITY) : [list]
    if (flat.length !== width) refuseCodes(`${flat.length} numbers in row ${row + 1}`, shape)
    for (let at = 0; at < width; at++) {
      const value = flat[at]
      if (typeof value !== 'number')
        refuseCodes(`${JSON.stringify(value).slice(0, 40)} in row ${row + 1}`, shape)
      floats[row * width + at] = value as number
    }
  }
  const isBytes = dtype === 'uint8' && floats.every((x) => Number.isInteger(x) && x >= 0 && x <= 255)
  return ndarray(isBytes ? Uint8Array.from(floats) : floats, [lists.length, ...shape])
}

const refuseCodes = (seen: string, shape: readonly number[]): never =>
  fail({
    code: 'serve/body',
    seen,
    wanted: `[${shape.join(', ')}] numbers for each, flat or in lists`,
    fix: 'send what GET /models says of the model: its exampleShape for rows, latent for codes',
    usage: true,
  })

/** Numbers of float32 with no more digits than tell them apart. */
export const listsOf = ({ data, shape }: NDArray): number[][] => {
  const width = data.length / shape[0]
  return Array.from({ length: shape[0] }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width), shortFloat),
  )
}

/** Codes of rows as an answer. */
export function codesAnswered({ mean, logVariance }: Encoded): Answered {
  const means = listsOf(mean)
  const variances = logVariance && listsOf(logVariance)
  const names = (prefix: string) => means[0]?.map((_, at) => `${prefix}${at}`) ?? []
  return {
    key: 'codes',
    lines: means.map((mean, row) => ({ mean, ...(variances && { logVariance: variances[row] }) })),
    columns: () => ({
      names: [...names('z'), ...(variances ? names('logVariance') : [])],
      cells: means.map((mean, row) => [...mean, ...(variances?.[row] ?? [])]),
    }),
  }
}

/** Rows of plain numbers as an answer. */
export const numbersAnswered = (rows: NDArray): Answered => {
  const lists = listsOf(rows)
  return {
    key: 'rows',
    lines: lists,
    columns: () => ({ names: lists[0]?.map((_, at) => `x${at}`) ?? [], cells: lists }),
  }
}
