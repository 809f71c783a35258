import { streamOf } from '../../../base/random.ts'
import { defineDetector, type Table } from './detector.ts'
import { drawRows } from './draw-rows.ts'
import { type Standardization, standardizationOf, standardizeRows } from './standardize.ts'

const NEIGHBORS = 5
/** More rows to compare with cost time and change scores little. */
const MOST_REFERENCES = 20_000
/** Rows that are compared with each reference before the next one is read. */
const BLOCK = 64
/** Columns between two looks at whether a reference is too far already. */
const STRETCH = 8

/**
 * Distance to the fifth nearest of the rows known, at most 20,000 of them, drawn by the seed; on standardized columns.
 *
 * A row scored among those fitted to finds itself first. PyOD's default (k = 5, largest distance).
 */
export const nearestNeighbors = defineDetector({
  name: 'nearestNeighbors',
  title: 'k-nearest neighbors',
  summary: 'High where the fifth nearest known row is far away.',
  paper: 'Ramaswamy, Rastogi & Shim 2000',
  fit(table, seed) {
    const scaling = standardizationOf(table)
    const chosen = drawRows(table.count, MOST_REFERENCES, {
      seed,
      stream: streamOf('anomaly/nearest-neighbors'),
      step: 0,
    })
    const references = new Float64Array(chosen.length * table.width)
    chosen.forEach((row, i) => {
      const own = references.subarray(i * table.width, (i + 1) * table.width)
      standardizeRows(table, scaling, row, own)
    })
    return (fresh) => distancesTo(references, scaling, fresh)
  },
})

function distancesTo(references: Float64Array, scaling: Standardization, fresh: Table): Float64Array {
  const { count, width } = fresh
  const scores = new Float64Array(count)
  const block = new Float64Array(BLOCK * width)
  const neighbors = Math.min(NEIGHBORS, references.length / width)
  const nearest = new Float64Array(BLOCK * neighbors)
  for (let from = 0; from < count; from += BLOCK) {
    const rows = standardizeRows(fresh, scaling, from, block)
    nearest.fill(Infinity)
    for (let at = 0; at < references.length; at += width)
      for (let row = 0; row < rows; row++) {
        const last = (row + 1) * neighbors - 1
        const squared = squaredWithin(block, row * width, references, at, width, nearest[last])
        if (squared < nearest[last]) insert(nearest, row * neighbors, last, squared)
      }
    for (let row = 0; row < rows; row++) scores[from + row] = Math.sqrt(nearest[(row + 1) * neighbors - 1])
  }
  return scores
}

/** Squared distance, or a part of it that has reached the limit. */
function squaredWithin(
  a: Float64Array,
  ofA: number,
  b: Float64Array,
  ofB: number,
  width: number,
  limit: number,
): number {
  let sum = 0
  for (let from = 0; from < width && sum < limit; from += STRETCH) {
    const to = Math.min(from + STRETCH, width)
    for (let column = from; column < to; column++) {
      const apart = a[ofA + column] - b[ofB + column]
      sum += apart * apart
    }
  }
  return sum
}

/** Puts a value in its place among ascending ones; the last falls out. */
function insert(ascending: Float64Array, first: number, last: number, value: number): void {
  let place = last
  for (; place > first && ascending[place - 1] > value; place--) ascending[place] = ascending[place - 1]
  ascending[place] = value
}
