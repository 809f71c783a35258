import { fail } from './errors.ts'
import { type ConcreteShape, formatShape, sizeOf } from './shape.ts'

/** The element types that cross a boundary. @inline */
export type ElementType = 'float32' | 'float64' | 'uint8' | 'int32' | 'bool'
/** @inline */
export type NumericArray = Float32Array | Float64Array | Uint8Array | Int32Array

/** Numbers in row-major order, and the shape they stand in. */
export interface NDArray<T extends NumericArray = NumericArray> {
  readonly data: T
  readonly shape: ConcreteShape
}

/**
 * Pairs data with its shape. Fails where the sizes differ.
 *
 * @example
 * ```ts
 * import { ndarray } from 'betavae'
 *
 * console.log(ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]).shape)
 * ```
 */
export function ndarray<T extends NumericArray>(data: T, shape: ConcreteShape): NDArray<T> {
  if (data.length !== sizeOf(shape))
    fail({
      code: 'array/size',
      seen: `${data.length} numbers for shape ${formatShape(shape)}`,
      wanted: `${sizeOf(shape)} numbers`,
      fix: 'give the shape that belongs to the data',
    })
  return { data, shape }
}

/** The same numbers as float32; the array itself where it is float32 already. */
export const toFloat32 = (data: ArrayLike<number>): Float32Array =>
  data instanceof Float32Array ? data : Float32Array.from(data)

/** Numbers one after another, as float32; a single float32 array is given as it is. */
export function joinedFloats(parts: readonly ArrayLike<number>[]): Float32Array {
  if (parts.length === 1) return toFloat32(parts[0])
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Arrays of one width, at least one of them, the rows of each below those before. */
export function joinedRows<T extends NumericArray>(parts: readonly NDArray<T>[]): NDArray<T> {
  const [{ data: first, shape }] = parts
  const data = new (first.constructor as new (length: number) => T)(
    parts.reduce((sum, { data }) => sum + data.length, 0),
  )
  let [at, rows] = [0, 0]
  for (const part of parts) {
    data.set(part.data, at)
    at += part.data.length
    rows += part.shape[0]
  }
  return { data, shape: [rows, ...shape.slice(1)] }
}

/** Rows `indices` of an array whose first axis counts rows; written to `into` where that is of their type and size. */
export function takeRows<T extends NumericArray>(
  source: NDArray<T>,
  indices: ArrayLike<number>,
  into?: NumericArray,
): NDArray<T> {
  const width = sizeOf(source.shape.slice(1))
  const Type = source.data.constructor as new (length: number) => T
  const length = indices.length * width
  const data = into instanceof Type && into.length === length ? into : new Type(length)
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row] * width
    data.set(source.data.subarray(from, from + width), row * width)
  }
  return { data, shape: [indices.length, ...source.shape.slice(1)] }
}

/** Gives a buffer's memory back at once, where the platform can, rather than at the next large collection. */
export function release(buffer: ArrayBufferLike): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer?.(0)
}
