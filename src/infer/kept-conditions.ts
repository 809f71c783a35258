/** Conditions of training examples that a model keeps: those of new examples are drawn from them. */
import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { columnMeans } from '../base/math/columns.ts'
import { fillUniform, streamOf } from '../base/random.ts'
import { type Condition, conditionWidth, placedColumns } from '../data/condition.ts'
import type { Feeds } from '../engine/engine.ts'
import { changed, type Given, type GivenRows, givenRows } from './given.ts'
import { CONDITIONS, type ModelParts } from './model-parts.ts'

const stream = streamOf('condition')

/**
 * Conditions of `count` new examples: what `where` names is as it says, the rest as in a training example that is drawn
 * among those with the same levels, or among all where none has them.
 *
 * Errors, usage: those of `withGiven`, and `infer/no-conditions` where a model keeps none.
 */
export function drawnConditions(
  condition: Condition,
  values: Feeds,
  { where = {}, count, seed }: { readonly where?: Given; readonly count: number; readonly seed: number },
): NDArray<Float32Array> {
  if (condition.every(({ name }) => where[name] !== undefined))
    return givenRows({ condition }, where, count) as NDArray<Float32Array>
  const chances = fillUniform(new Float32Array(count), { seed, stream, step: 0 })
  return chosen(condition, values, where, count, (rows, at) => rows[Math.floor(chances[at] * rows.length)])
}

/** The most usual condition that is as `where` says: that of the training example closest to the mean of all such. */
function usualConditions(
  condition: Condition,
  values: Feeds,
  where: Given,
  count: number,
): NDArray<Float32Array> {
  if (condition.every(({ name }) => where[name] !== undefined))
    return givenRows({ condition }, where, count) as NDArray<Float32Array>
  const width = conditionWidth(condition)
  return chosen(condition, values, where, count, (rows, _, data) => {
    const center = columnMeans(
      rows.flatMap((row) => Array.from(data.subarray(row * width, (row + 1) * width))),
      width,
    )
    const distance = (row: number) =>
      center.reduce((sum, mean, at) => sum + (data[row * width + at] - mean) ** 2, 0)
    const distances = rows.map(distance)
    return rows[distances.indexOf(Math.min(...distances))]
  })
}

/** What a condition is to be, and how it is to differ from that. */
export interface Asked {
  readonly condition?: GivenRows | undefined
  readonly where?: Given | undefined
}

/**
 * The conditions of `count` codes: as they are given, or as is most usual, changed to what `where` says.
 *
 * Errors, usage: those of `withGiven`, and `infer/no-conditions`.
 */
export function askedConditions(
  { spec, values }: Pick<ModelParts, 'spec' | 'values'>,
  { condition, where }: Asked,
  count: number,
): NDArray<Float32Array> | undefined {
  const isAsked = where !== undefined && Object.keys(where).length > 0
  if (!spec.condition) return givenRows(spec, condition ?? (isAsked ? where : undefined), count)
  if (condition === undefined && where) return usualConditions(spec.condition, values, where, count)
  const own = givenRows(spec, condition, count)
  return own && isAsked ? changed(spec.condition, own, where) : own
}

type Choose = (rows: readonly number[], at: number, data: Float32Array) => number

/** Conditions of kept rows that `choose` takes among those with the levels that are asked for, changed to what is asked. */
function chosen(
  condition: Condition,
  values: Feeds,
  where: Given,
  count: number,
  choose: Choose,
): NDArray<Float32Array> {
  const width = conditionWidth(condition)
  const kept = keptIn(values, condition)
  const empty = { data: new Float32Array(count * width), shape: [count, width] }
  const wanted = changed(condition, empty, where).data
  const leveled = placedColumns(condition).filter(
    ({ column }) => 'levels' in column && where[column.name] !== undefined,
  )
  const known = new Map<string, readonly number[]>()
  const data = new Float32Array(count * width)
  for (let at = 0; at < count; at++) {
    const levelsOf = (rows: Float32Array, row: number) =>
      leveled.flatMap((own) =>
        Array.from(rows.subarray(row * width + own.at, row * width + own.at + own.width)),
      )
    const key = String(levelsOf(wanted, at))
    const like = known.get(key) ?? alike(kept, width, (row) => String(levelsOf(kept, row)) === key)
    known.set(key, like)
    const row = choose(like, at, kept)
    data.set(kept.subarray(row * width, (row + 1) * width), at * width)
  }
  return changed(condition, { data, shape: [count, width] }, where)
}

function alike(kept: Float32Array, width: number, isAlike: (row: number) => boolean): readonly number[] {
  const all = Array.from({ length: kept.length / width }, (_, row) => row)
  const like = all.filter(isAlike)
  return like.length > 0 ? like : all
}

function keptIn({ [CONDITIONS]: kept }: Feeds, condition: Condition): Float32Array {
  if (kept) return Float32Array.from(kept.data)
  return fail({
    code: 'infer/no-conditions',
    seen: 'a model that was written without conditions of its training examples',
    wanted: `all of ${condition.map(({ name }) => name).join(', ')}`,
    fix: 'say all of them with --where, or train the model again',
    usage: true,
  })
}
