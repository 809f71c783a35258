import type { GapTable } from './gap-table.ts'
import type { Imputer } from './imputer.ts'

/** Means of what is known of each slot [width]; 0 where nothing is. */
export function knownMeans({ count, width, columns, targets, known }: GapTable): Float64Array {
  const means = new Float64Array(width)
  for (const [place, { at, slots }] of columns.entries()) {
    let seen = 0
    for (let row = 0; row < count; row++) {
      if (known[row * columns.length + place] === 0) continue
      seen++
      for (let slot = at; slot < at + slots; slot++) means[slot] += targets[row * width + slot]
    }
    for (let slot = at; slot < at + slots; slot++) means[slot] /= Math.max(seen, 1)
  }
  return means
}

/** The mean of a column, or the shares of its levels, whatever else a row says. */
export const columnMeans: Imputer = {
  name: 'means',
  says: 'the mean of the column',
  fit: (table) => Float32Array.from(knownMeans(table)),
  open:
    (means) =>
    (_, __, { slots, count }, out) => {
      for (let gap = 0; gap < count; gap++) out[slots[gap]] = means[slots[gap]]
    },
}
