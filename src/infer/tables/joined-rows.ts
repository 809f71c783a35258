/** Encoded rows with their conditions behind them, so that they stay together wherever they are scored. */
export function rowsWithConditions(width: number, more: number) {
  const whole = width + more
  return {
    join(rows: Float32Array, condition: Float32Array | undefined): Float32Array {
      if (more === 0 || !condition) return rows
      const count = rows.length / width
      const joined = new Float32Array(count * whole)
      for (let row = 0; row < count; row++) {
        joined.set(rows.subarray(row * width, (row + 1) * width), row * whole)
        joined.set(condition.subarray(row * more, (row + 1) * more), row * whole + width)
      }
      return joined
    },
    split(joined: Float32Array): {
      readonly rows: Float32Array
      readonly condition: Float32Array | undefined
    } {
      if (more === 0) return { rows: joined, condition: undefined }
      const count = joined.length / whole
      const rows = new Float32Array(count * width)
      const condition = new Float32Array(count * more)
      for (let row = 0; row < count; row++) {
        rows.set(joined.subarray(row * whole, row * whole + width), row * width)
        condition.set(joined.subarray(row * whole + width, (row + 1) * whole), row * more)
      }
      return { rows, condition }
    },
  }
}

/** The same of examples as they are read. */
export function joinedExamples({
  x,
  condition,
}: Readonly<
  Record<string, { readonly data: ArrayLike<number>; readonly shape: readonly number[] }>
>): Float32Array {
  const [width, more] = [x.shape[1], condition?.shape[1] ?? 0]
  return rowsWithConditions(width, more).join(
    Float32Array.from(x.data),
    condition && Float32Array.from(condition.data),
  )
}
