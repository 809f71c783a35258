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

/** Pairs data with its shape. Fails where the sizes differ. */
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

/** Rows `indices` of an array whose first axis counts rows. */
export function takeRows<T extends NumericArray>(source: NDArray<T>, indices: ArrayLike<number>): NDArray<T> {
  const width = sizeOf(source.shape.slice(1))
  const data = new (source.data.constructor as new (length: number) => T)(indices.length * width)
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
