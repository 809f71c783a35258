import type { NDArray } from '../base/arrays.ts'
import { sizeOf } from '../base/shape.ts'
import type { Executable } from '../engine/engine.ts'
import type { Float32Rows } from './model.ts'

/** Rows that pass through the engine at once. */
export const ROWS_AT_ONCE = 256

/** A view of consecutive rows. */
export function rowsAt({ data, shape }: NDArray, start: number, count: number): NDArray {
  const width = sizeOf(shape.slice(1))
  return { data: data.subarray(start * width, (start + count) * width), shape: [count, ...shape.slice(1)] }
}

/** Runs a program over rows of each of its inputs, so many at once; what comes out for each, under the outputs' names. */
export async function inChunks(
  executable: Executable,
  rows: Readonly<Record<string, NDArray>>,
  signal?: AbortSignal,
): Promise<Record<string, Float32Rows>> {
  const inputs = Object.entries(rows)
  const count = inputs[0][1].shape[0]
  const gathered: Record<string, Float32Rows> = {}
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    signal?.throwIfAborted()
    const size = Math.min(ROWS_AT_ONCE, count - start)
    const part = await executable.run(
      Object.fromEntries(inputs.map(([name, own]) => [name, rowsAt(own, start, size)])),
    )
    for (const [output, { data, shape }] of Object.entries(part)) {
      gathered[output] ??= {
        data: new Float32Array(count * sizeOf(shape.slice(1))),
        shape: [count, ...shape.slice(1)],
      }
      gathered[output].data.set(data, start * sizeOf(shape.slice(1)))
    }
  }
  return gathered
}
