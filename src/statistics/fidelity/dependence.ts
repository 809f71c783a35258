import { meanOf } from '../../base/math/sums.ts'
import { nextTurn } from '../../base/yielding.ts'
import { orderOf } from '../ranks.ts'
import { absoluteSpearman, correlationRatio, cramersV } from './associations.ts'
import { isSeen, type NumberColumn, type ReadColumn, type ReadTable, seenRows } from './read-tables.ts'

/** How strongly columns depend on each other in two tables, and where these differ. @inline */
export interface Dependence {
  /** Names, in the order of the matrices. */
  readonly columns: readonly string[]
  /**
   * `[columns, columns]`, 1 on the diagonal: |Spearman's ρ| of numbers, Cramér's V of levels, the correlation ratio of
   * one with the other, each over rows of which both columns know something.
   */
  readonly real: readonly (readonly number[])[]
  readonly synthetic: readonly (readonly number[])[]
  /** Of absolute differences over pairs of columns; 0 where there is no pair. */
  readonly meanDifference: number
  readonly largestDifference: number
  /** Where the largest difference is. */
  readonly largestPair?: readonly [string, string]
}

/** Dependence between every two columns, of tables that were read together. Throws the signal's reason. */
export async function dependence(
  real: ReadTable,
  synthetic: ReadTable,
  signal?: AbortSignal,
): Promise<Dependence> {
  const columns = real.columns.map(({ name }) => name)
  const matrices = {
    real: await associationMatrix(real, signal),
    synthetic: await associationMatrix(synthetic, signal),
  }
  const pairs = columns.flatMap((_, a) =>
    columns.slice(0, a).map((_, b) => ({
      a,
      b,
      difference: Math.abs(matrices.real[a][b] - matrices.synthetic[a][b]),
    })),
  )
  if (pairs.length === 0) return { columns, ...matrices, meanDifference: 0, largestDifference: 0 }
  const largest = pairs.reduce((most, pair) => (pair.difference > most.difference ? pair : most))
  return {
    columns,
    ...matrices,
    meanDifference: meanOf(pairs.map(({ difference }) => difference)),
    largestDifference: largest.difference,
    largestPair: [columns[largest.b], columns[largest.a]],
  }
}

/** A column, and the rows of which it knows something: of numbers by ascending value. */
interface Prepared {
  readonly column: ReadColumn
  readonly order: Uint32Array
}

/** How strongly every two columns of a table depend on each other: `[columns, columns]`, 1 on the diagonal. */
export async function associationMatrix({ columns }: ReadTable, signal?: AbortSignal): Promise<number[][]> {
  const prepared = columns.map(prepare)
  const matrix = columns.map((_, a) => columns.map((_, b): number => (a === b ? 1 : 0)))
  for (let a = 0; a < columns.length; a++) {
    await nextTurn()
    signal?.throwIfAborted()
    for (let b = 0; b < a; b++) {
      matrix[a][b] = associationOf(prepared[a], prepared[b])
      matrix[b][a] = matrix[a][b]
    }
  }
  return matrix
}

function prepare(column: ReadColumn): Prepared {
  const rows = seenRows(column)
  return { column, order: column.kind === 'number' ? orderOf(column.values, rows) : rows }
}

function associationOf(a: Prepared, b: Prepared): number {
  const [first, second] = [a.column, b.column]
  const order = a.order.filter((row) => isSeen(second, row))
  if (first.kind === 'level')
    return second.kind === 'level'
      ? cramersV(levelsAt(first.values, order), levelsAt(second.values, order))
      : correlationRatio(levelsAt(first.values, order), numbersAt(second, order))
  if (second.kind === 'level')
    return correlationRatio(levelsAt(second.values, order), numbersAt(first, order))
  return absoluteSpearman(
    { values: first.values, order },
    { values: second.values, order: b.order.filter((row) => isSeen(first, row)) },
  )
}

const levelsAt = (values: Int32Array, rows: Uint32Array): Int32Array =>
  Int32Array.from(rows, (row) => values[row])

const numbersAt = ({ values }: NumberColumn, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row])
