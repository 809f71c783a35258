import { medianOf } from '../../base/math/quantile.ts'
import { meanOf } from '../../base/math/sums.ts'
import type { LevelColumn, NumberColumn, ReadColumn, ReadTable } from './read-tables.ts'

/** Most rows of a table that trees learn from, so that they take seconds. */
export const MOST_LEARNED = 4000
/** Most levels of a column that trees may ask for one by one: the most frequent. */
const OWN_FEATURES = 8
/** Below every number there is: asinh of the largest is 710. */
const MISSING = -1000

/** A table as trees read it. */
export interface TreeRows {
  readonly width: number
  /** Of each feature, the number of the column that it belongs to. */
  readonly owners: readonly number[]
  /** Features `[count, width]` of a table that was read with those that this was made for. */
  encode(table: ReadTable): Float64Array
}

/** A number for each row of a column; `column` is of the kind that it was made for. */
interface Feature {
  readonly owner: number
  readonly read: (column: ReadColumn, row: number) => number
}

/**
 * Features of mixed columns, scaled by the values of `references`. A number keeps its order, and a missing one comes
 * before all others. Frequent levels are asked for one by one; where there are more of them, there is also the place of a
 * level by frequency. A missing level is a level.
 *
 * `without` is the number of a column to leave out.
 */
export function treeRows(references: readonly ReadTable[], without?: number): TreeRows {
  const features = references[0].columns.flatMap((column, owner): Feature[] => {
    if (owner === without) return []
    const own = references.map(({ columns }) => columns[owner])
    return column.kind === 'number'
      ? [{ owner, read: scaleReader(own as NumberColumn[]) }]
      : levelReaders(own as LevelColumn[]).map((read) => ({ owner, read }))
  })
  const width = features.length
  return {
    width,
    owners: features.map(({ owner }) => owner),
    encode({ count, columns }) {
      const rows = new Float64Array(count * width)
      features.forEach(({ owner, read }, at) => {
        for (let row = 0; row < count; row++) rows[row * width + at] = read(columns[owner], row)
      })
      return rows
    },
  }
}

/** asinh of numbers in absolute deviations from their median: float32 then tells apart both close and far ones. */
function scaleReader(columns: readonly NumberColumn[]): Feature['read'] {
  const known = columns.flatMap(({ values }) => [...values]).filter((value) => !Number.isNaN(value))
  const middle = known.length === 0 ? 0 : medianOf(known)
  const deviations = known.map((value) => Math.abs(value - middle))
  // Where most values are one, the others decide.
  const unit = (known.length > 0 && (medianOf(deviations) || meanOf(deviations))) || 1
  return ({ values }, row) =>
    Number.isNaN(values[row]) ? MISSING : Math.asinh((values[row] - middle) / unit)
}

function levelReaders(columns: readonly LevelColumn[]): Feature['read'][] {
  const counts = new Map<number, number>()
  for (const { values } of columns)
    for (const level of values) counts.set(level, (counts.get(level) ?? 0) + 1)
  const byFrequency = [...counts].sort(([a, ofA], [b, ofB]) => ofB - ofA || a - b).map(([level]) => level)
  // Of two levels, one tells which.
  const asked = byFrequency.length === 2 ? byFrequency.slice(0, 1) : byFrequency.slice(0, OWN_FEATURES)
  const own = asked.map(
    (level): Feature['read'] =>
      ({ values }, row) =>
        values[row] === level ? 1 : 0,
  )
  if (byFrequency.length <= OWN_FEATURES) return own
  const places = new Map(byFrequency.map((level, place) => [level, place]))
  return [...own, ({ values }, row) => places.get(values[row]) ?? byFrequency.length]
}
