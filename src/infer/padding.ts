import type { NDArray, NumericArray } from '../base/arrays.ts'

/** The rows with zeros after them, for a program of a fixed number of examples. */
export function padRows({ data, shape }: NDArray, count: number): NDArray {
  if (shape[0] === count) return { data, shape }
  const width = data.length / shape[0]
  const padded = new (data.constructor as new (length: number) => NumericArray)(count * width)
  padded.set(data)
  return { data: padded, shape: [count, ...shape.slice(1)] }
}
