/** Of more rows than were asked for those are taken that stand for all. */
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import { type ComparedColumn, featuresOf } from '../../statistics/thinning/features.ts'
import { thinned } from '../../statistics/thinning/thin.ts'
import { takenRows } from './taken-rows.ts'

/**
 * Rows drawn for one that is taken. SDMetrics' quality of as many rows as the table has, drawn by chance and taken of four
 * times as many; means of three draws of one model of each set. Of 16 times as many it is the same (saheart, crx, insurance
 * and vehicle, within .002).
 *
 * | | saheart | crx | baseball | housing | contraceptive | insurance | vehicle | segment | german | abalone | 401ksubs |
 * |---|---|---|---|---|---|---|---|---|---|---|---|
 * | by chance | .949 | .946 | .958 | .975 | .984 | .953 | .972 | .962 | .961 | .966 | .962 |
 * | taken | .961 | .960 | .967 | .981 | .990 | .971 | .979 | .964 | .973 | .968 | .963 |
 */
const POOL = 4
/** Rows drawn beyond those asked for, at most. */
const MOST_SPARE = 4000
/** Of more rows chance leaves little, and all are taken as they are drawn. */
const MOST_THINNED = 20_000

/** How many rows to draw, of which so many are taken. */
export const poolOf = (count: number): number =>
  count > MOST_THINNED ? count : count + Math.min((POOL - 1) * count, MOST_SPARE)

interface Choosing {
  /** More rows of the same kind, by which to know what all are like. */
  readonly reference: Float32Array
  readonly count: number
  readonly seed: number
  readonly signal?: AbortSignal
}

/**
 * `count` of encoded rows [n × width], in which values and pairs of values are there as often as in all of them: nearer to
 * what the model says than as many rows drawn by chance are. Rows of the table have no part in it.
 */
export async function representativeOf(
  schema: TableSchema,
  rows: Float32Array,
  { reference, count, seed, signal }: Choosing,
): Promise<Float32Array> {
  const { width } = tableLayout(schema)
  const pool = rows.length / width
  if (pool <= count) return rows
  const all = new Float32Array(rows.length + reference.length)
  all.set(rows)
  all.set(reference, rows.length)
  const features = featuresOf(comparedColumns(schema, all), count)
  return takenRows(
    rows,
    width,
    await thinned(features, { pool, all: all.length / width, count, seed, signal }),
  )
}

/** The columns of encoded rows: of numbers in several slots the first, of levels the likeliest, 0 where it is missing. */
function comparedColumns(schema: TableSchema, rows: Float32Array): ComparedColumn[] {
  const { width, columns } = tableLayout(schema)
  const starts = Uint32Array.from({ length: rows.length / width }, (_, row) => row * width)
  return columns.map(({ group, slots, mask }) => {
    const [first] = slots
    const isKnown = (from: number) => rows[from + mask] === 1
    if (group !== 'categorical')
      return {
        numbers: Float64Array.from(starts, (from) => (isKnown(from) ? rows[from + first] : Number.NaN)),
      }
    const level = (from: number) => 1 + largest(rows, from + first, slots.length)
    return {
      levels: Int16Array.from(starts, (from) => (isKnown(from) ? level(from) : 0)),
      size: slots.length + 1,
    }
  })
}

function largest(numbers: Float32Array, from: number, count: number): number {
  let best = 0
  for (let at = 1; at < count; at++) if (numbers[from + at] > numbers[from + best]) best = at
  return best
}
