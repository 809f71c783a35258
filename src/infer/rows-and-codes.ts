/** Checks of the rows and codes that callers give to a model. */
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
