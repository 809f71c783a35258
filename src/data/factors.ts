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

/**
 * Factors from an array [N, K] or [N] of whole numbers from 0; without names they are numbered from 1.
 *
 * Errors: `data/factor-shape`, `data/label-range`.
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
  const where = (index: number) => `row ${Math.floor(index / width) + 1}, factor ${(index % width) + 1}`
  const usable = names?.length === width ? names : undefined
  return storedFactors(
    labelsOf(data, { where }),
    usable ?? Array.from({ length: width }, (_, factor) => `factor ${factor + 1}`),
  )
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
