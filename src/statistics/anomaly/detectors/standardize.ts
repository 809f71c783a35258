import type { Table } from './detector.ts'

/** Of each column, what is taken off and what the rest is divided by. */
export interface Standardization {
  readonly means: Float64Array
  /** Standard deviations with divisor n; 1 for a column that does not vary. */
  readonly deviations: Float64Array
}

export function standardizationOf({ count, width, data }: Table): Standardization {
  const means = new Float64Array(width)
  const deviations = new Float64Array(width)
  for (let at = 0; at < data.length; at += width)
    for (let column = 0; column < width; column++) means[column] += data[at + column] / count
  for (let at = 0; at < data.length; at += width)
    for (let column = 0; column < width; column++)
      deviations[column] += (data[at + column] - means[column]) ** 2 / count
  for (let column = 0; column < width; column++) {
    const deviation = Math.sqrt(deviations[column])
    // A mean is rounded at every row, so a constant column may seem to vary a little.
    const varies = deviation > 1e-12 * Math.abs(means[column])
    deviations[column] = varies ? deviation : 1
  }
  return { means, deviations }
}

/** Writes rows `from` … of the table, standardized, to `out`, as many as it holds or are left; says how many. */
export function standardizeRows(
  { count, width, data }: Table,
  { means, deviations }: Standardization,
  from: number,
  out: Float64Array,
): number {
  const rows = Math.min(count - from, out.length / width)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++)
      out[row * width + column] = (data[(from + row) * width + column] - means[column]) / deviations[column]
  return rows
}
