import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { formatShape } from '../base/shape.ts'
import type { Dataset, Factors } from './dataset.ts'
import { labelsOf } from './labels.ts'

/** Levels of some rows, and what they are levels of. */
export interface FactorRows extends Pick<Factors, 'names' | 'levels'> {
  /** [rows, names.length]. */
  readonly values: Int32Array
}

/**
 * The factors of rows `indices`: those of the data set, else its labels as one factor. A factor of one level says
 * nothing and is left out. Error: `data/no-factors` (usage).
 */
export function factorsOf(
  { name, factors, labels }: Pick<Dataset, 'name' | 'factors' | 'labels'>,
  indices: ArrayLike<number>,
): FactorRows {
  const known = factors ?? (labels && storedFactors(labels, ['label']))
  if (known === undefined)
    return fail({
      code: 'data/no-factors',
      seen: `data "${name}" without labels or factors`,
      wanted: 'class numbers, or an array of factors, for every row',
      fix: 'name a column of class numbers with --label, or save an .npz with "factors" [N, K]',
      usage: true,
    })
  const kept = known.names.flatMap((_, factor) => (known.levels[factor] > 1 ? [factor] : []))
  const all = known.read(indices)
  const values = new Int32Array(indices.length * kept.length)
  for (let at = 0, row = 0; row < indices.length; row++)
    for (const factor of kept) values[at++] = all[row * known.names.length + factor]
  return {
    names: kept.map((factor) => known.names[factor]),
    levels: kept.map((factor) => known.levels[factor]),
    values,
  }
}

/** Factors held in memory, row by row; a factor has as many levels as its greatest says. */
function storedFactors(values: Int32Array, names: readonly string[]): Factors {
  const width = names.length
  const levels = new Array<number>(width).fill(1)
  for (let at = 0; at < values.length; at++) levels[at % width] = Math.max(levels[at % width], values[at] + 1)
  return {
    names,
    levels,
    read(indices) {
      const read = new Int32Array(indices.length * width)
      for (let row = 0; row < indices.length; row++)
        read.set(values.subarray(indices[row] * width, (indices[row] + 1) * width), row * width)
      return read
    },
  }
}

/** Real numbers of more different values than this are divided into as many parts of one width. */
const MOST_LEVELS = 64
const PARTS = 20

/** Levels of a factor: whole numbers from 0 as they are; other numbers by their order, or which part of their range. */
function levelsOfFactor(values: Float64Array, where: (row: number) => string): ArrayLike<number> {
  const odd = values.findIndex((value) => !Number.isFinite(value))
  if (odd >= 0)
    fail({
      code: 'data/factor-value',
      seen: `${values[odd]} at ${where(odd)}`,
      wanted: 'a number for each factor of each row',
      fix: 'leave the row or the factor out',
    })
  if (values.every((value) => Number.isInteger(value) && value >= 0)) return labelsOf(values, { where })
  const distinct = Float64Array.from(new Set(values)).sort()
  if (distinct.length <= MOST_LEVELS) {
    const places = new Map(Array.from(distinct, (value, place) => [value, place]))
    return values.map((value) => places.get(value) as number)
  }
  const low = distinct[0]
  const width = (distinct[distinct.length - 1] - low) / PARTS
  return values.map((value) => Math.min(PARTS - 1, Math.floor((value - low) / width)))
}

/**
 * Factors from an array [N, K] or [N]: levels as whole numbers from 0, or real numbers, which become levels; without
 * names they are numbered from 1.
 *
 * Errors: `data/factor-shape`, `data/factor-value`, `data/label-range`.
 */
export function factorsFrom({ data, shape }: NDArray, rows: number, names?: readonly string[]): Factors {
  const [count, width = 1] = shape
  if (count !== rows || shape.length > 2 || width === 0)
    fail({
      code: 'data/factor-shape',
      seen: `factors ${formatShape(shape)} for ${rows} rows`,
      wanted: `[${rows}, K] for K factors`,
      fix: 'give one row of factors for each example',
    })
  const usable = names?.length === width ? names : undefined
  const values = new Int32Array(data.length)
  for (let factor = 0; factor < width; factor++) {
    const own = Float64Array.from({ length: rows }, (_, row) => data[row * width + factor])
    const levels = levelsOfFactor(own, (row) => `row ${row + 1}, factor ${factor + 1}`)
    for (let row = 0; row < rows; row++) values[row * width + factor] = levels[row]
  }
  return storedFactors(values, usable ?? Array.from({ length: width }, (_, factor) => `factor ${factor + 1}`))
}

/** Factors of a data set that has every combination of levels once, the last factor varying fastest. */
export function everyCombination(levels: Readonly<Record<string, number>>): Factors {
  const counts = Object.values(levels)
  const width = counts.length
  return {
    names: Object.keys(levels),
    levels: counts,
    read(indices) {
      const read = new Int32Array(indices.length * width)
      for (let row = 0; row < indices.length; row++) {
        let rest = indices[row]
        for (let factor = width - 1; factor >= 0; factor--) {
          const left = Math.floor(rest / counts[factor])
          read[row * width + factor] = rest - left * counts[factor]
          rest = left
        }
      }
      return read
    },
  }
}
