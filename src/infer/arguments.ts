/** Checks of what callers give to a model; everything here is in the words of its methods. */
import { type NDArray, ndarray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { formatShape, sameShape, sizeOf } from '../base/shape.ts'
import type { ExampleType } from '../model/autoencoder.ts'

const elementTypes = [Float32Array, Float64Array, Uint8Array, Int32Array]

/** Rows [n, ...exampleShape] of finite numbers. Errors: `infer/array`, `array/size`, `infer/rows`, `infer/…-values`. */
export function checkRows(given: NDArray, example: ExampleType): NDArray {
  const rows = checkArray(given, 'rows')
  const { data, shape } = rows
  if (!(shape[0] >= 1) || !sameShape(shape.slice(1), example.shape))
    fail({
      code: 'infer/rows',
      seen: `rows of shape ${formatShape(shape)}`,
      wanted: `[n, ${example.shape.join(', ')}] with n of at least 1, as in training`,
      fix: 'give rows of the shape that the model was trained on',
    })
  checkFinite(rows, 'rows')
  if (
    example.dtype === 'uint8' &&
    !(data instanceof Uint8Array) &&
    !data.every((x: number) => Number.isInteger(x) && x >= 0 && x <= 255)
  )
    fail({
      code: 'infer/row-values',
      seen: 'rows with values that are not bytes',
      wanted: 'whole numbers from 0 to 255, as in training',
      fix: 'multiply intensities from 0 to 1 by 255 and round',
    })
  return rows
}

/** Codes [n, latent] of finite numbers. Errors: `infer/array`, `array/size`, `infer/codes`, `infer/not-finite`. */
export function checkCodes(given: NDArray, latent: number): NDArray {
  const codes = checkArray(given, 'codes')
  const { shape } = codes
  if (shape.length !== 2 || shape[0] === 0 || shape[1] !== latent)
    fail({
      code: 'infer/codes',
      seen: `codes of shape ${formatShape(shape)}`,
      wanted: `[n, ${latent}] with n of at least 1`,
      fix: `give ${latent} numbers for each code`,
    })
  checkFinite(codes, 'codes')
  return codes
}

function checkArray(given: NDArray | null | undefined, what: string): NDArray {
  const { data, shape } = given ?? {}
  const typed = elementTypes.some((type) => data instanceof type)
  if (
    !typed ||
    !Array.isArray(shape) ||
    !shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)
  )
    return fail({
      code: 'infer/array',
      seen: `${what} that are not a typed array with its shape`,
      wanted: '{ data, shape } with a Float32Array, Float64Array, Uint8Array or Int32Array as data',
      fix: 'make it with ndarray(Float32Array.from(numbers), [rows, ...shape])',
      usage: true,
    })
  return ndarray(data as NDArray['data'], shape)
}

function checkFinite({ data, shape }: NDArray, what: string): void {
  if (data instanceof Uint8Array || data instanceof Int32Array) return
  const at = data.findIndex((x: number) => !Number.isFinite(x))
  if (at >= 0)
    fail({
      code: 'infer/not-finite',
      seen: `${what} with ${data[at]} in row ${Math.floor(at / sizeOf(shape.slice(1)))}`,
      wanted: 'finite numbers',
      fix: 'leave such rows out, or fill in what is missing',
    })
}

/** One example as a row. Errors: those of `checkRows`, `infer/ends`. */
export function checkEnd(given: NDArray, example: ExampleType): NDArray {
  const row = checkRows(given, example)
  if (row.shape[0] === 1) return row
  return fail({
    code: 'infer/ends',
    seen: `${row.shape[0]} rows for one end of an interpolation`,
    wanted: 'exactly one row for each end',
    fix: 'interpolate between two examples at a time',
    usage: true,
  })
}

/** How many of something, at least one. Error: `infer/count`. */
export function checkCount(count: number, what: string): number {
  if (Number.isSafeInteger(count) && count >= 1) return count
  return fail({
    code: 'infer/count',
    seen: `${what} ${count}`,
    wanted: 'a whole number of at least 1',
    fix: `give ${what} as a whole number`,
    usage: true,
  })
}

/** A seed, or what else is a number from 0 on. Error: `infer/seed`. */
export function checkSeed(seed: number, what = 'seed'): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed
  return fail({
    code: 'infer/seed',
    seen: `${what} ${seed}`,
    wanted: 'a whole number from 0 to 2^53 − 1',
    fix: 'give such a number, or none for 0',
    usage: true,
  })
}

/** Error: `infer/dimension`. */
export function checkDimension(dimension: number, latent: number): number {
  if (Number.isInteger(dimension) && dimension >= 0 && dimension < latent) return dimension
  return fail({
    code: 'infer/dimension',
    seen: `code dimension ${dimension}`,
    wanted: `a whole number from 0 to ${latent - 1}`,
    fix: 'choose one of the dimensions that the model has',
    usage: true,
  })
}

/** Places along a dimension, at least one. Error: `infer/positions`. */
export function checkPositions(positions: readonly number[]): readonly number[] {
  if (Array.isArray(positions) && positions.length >= 1 && positions.every(Number.isFinite)) return positions
  return fail({
    code: 'infer/positions',
    seen: Array.isArray(positions) ? `positions [${positions.join(', ')}]` : 'positions that are not a list',
    wanted: 'a list of at least one finite number',
    fix: 'give for example [-3, 0, 3]',
    usage: true,
  })
}

/** The code that a traversal goes through. Error: `infer/base`. */
export function checkBase(base: ArrayLike<number>, latent: number): Float32Array {
  const numbers = Array.from(base ?? [])
  if (numbers.length === latent && numbers.every(Number.isFinite)) return Float32Array.from(numbers)
  return fail({
    code: 'infer/base',
    seen: `a base code of ${numbers.length} numbers${numbers.every(Number.isFinite) ? '' : ', not all finite'}`,
    wanted: `exactly ${latent} finite numbers`,
    fix: 'give the mean that encode() finds for one example',
    usage: true,
  })
}
