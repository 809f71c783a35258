/** Column `index` of a row-major table. */
export function columnOf<T extends Float64Array | Int32Array>(table: T, width: number, index: number): T {
  const column = new (table.constructor as new (length: number) => T)(table.length / width)
  for (let row = 0; row < column.length; row++) column[row] = table[row * width + index]
  return column
}

/** Every column of a row-major table. */
export const columnsOf = <T extends Float64Array | Int32Array>(table: T, width: number): T[] =>
  Array.from({ length: width }, (_, index) => columnOf(table, width, index))

/** Mean of each column of a row-major table. */
export function columnMeans(table: ArrayLike<number>, width: number): number[] {
  const sums = new Array<number>(width).fill(0)
  for (let i = 0; i < table.length; i++) sums[i % width] += table[i]
  return sums.map((sum) => sum / (table.length / width))
}
