import { meanOf } from '../../base/math/sums.ts'
import { totalVariation, widestStep } from '../distances.ts'
import { isSeen, type ReadColumn, type ReadTable } from './read-tables.ts'

/** How far one column of a synthetic table is from the real one. @inline */
export interface Marginal {
  readonly name: string
  readonly kind: ReadColumn['kind']
  /** Of known cells: Kolmogorov–Smirnov for numbers, total variation for levels; from 0 (alike) to 1. */
  readonly distance: number
  /** Shares of cells of which nothing is known. */
  readonly missing: {
    readonly real: number
    readonly synthetic: number
    /** synthetic − real. */
    readonly difference: number
  }
}

/** @inline */
export interface Marginals {
  readonly columns: readonly Marginal[]
  readonly meanDistance: number
  readonly largestDistance: number
}

/** Each column by itself, of tables that were read together. */
export function marginals(real: ReadTable, synthetic: ReadTable): Marginals {
  const columns = real.columns.map((column, at) => marginalOf(column, synthetic.columns[at]))
  const distances = columns.map(({ distance }) => distance)
  return {
    columns,
    meanDistance: distances.length === 0 ? 0 : meanOf(distances),
    largestDistance: Math.max(0, ...distances),
  }
}

function marginalOf(real: ReadColumn, synthetic: ReadColumn): Marginal {
  const missing = { real: missingShare(real), synthetic: missingShare(synthetic) }
  return {
    name: real.name,
    kind: real.kind,
    distance: distanceOf(real, synthetic),
    missing: { ...missing, difference: missing.synthetic - missing.real },
  }
}

function distanceOf(real: ReadColumn, synthetic: ReadColumn): number {
  if (real.kind === 'level' && synthetic.kind === 'level')
    return totalVariation(levelCounts(real.values, real.levels), levelCounts(synthetic.values, real.levels))
  const known = ({ values }: ReadColumn) => Float64Array.from(values).filter((value) => !Number.isNaN(value))
  return kolmogorovSmirnov(known(real), known(synthetic))
}

function missingShare(column: ReadColumn): number {
  const count = column.values.length
  let missing = 0
  for (let row = 0; row < count; row++) if (!isSeen(column, row)) missing++
  return count === 0 ? 0 : missing / count
}

function levelCounts(values: Int32Array, levels: readonly string[]): Float64Array {
  const counts = new Float64Array(levels.length)
  for (const value of values) if (value >= 0) counts[value]++
  return counts
}

/** Largest difference of two empirical distribution functions, from 0 to 1; 1 where only one of both has values. */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : 1
  return widestStep(a, b) / (a.length * b.length)
}
