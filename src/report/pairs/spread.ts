import type { ColumnSchema } from '../../data/tables/schema.ts'
import type { BinEnds } from '../columns/input.ts'
import { binEnds } from '../columns/spread.ts'

/** A cell as a picture takes it: a number, a level, or nothing. */
export type PlainCell = number | string | null

/** How a column is spread on two sides, counted in the same bins or levels. */
export interface PairedSpread {
  readonly column: string
  /** The bins from `low` to `high`; or the levels, the commonest first. */
  readonly of:
    | ({ readonly kind: 'numbers' } & BinEnds)
    | { readonly kind: 'levels'; readonly levels: readonly string[] }
  /** Counts of each side, a number for each bin or level. */
  readonly counts: readonly [readonly number[], readonly number[]]
}

const BINS = 24
const MOST_LEVELS = 7
const OTHERS = 'other levels'

/** How known cells of a column lie on two sides; undefined where neither knows any. */
export function pairedSpread(
  column: ColumnSchema,
  sides: readonly [readonly PlainCell[], readonly PlainCell[]],
): PairedSpread | undefined {
  const known = [...sides[0], ...sides[1]].filter((cell) => cell !== null)
  if (known.length === 0) return undefined
  return known.every((cell) => typeof cell === 'number')
    ? ofNumbers(column, sides, known)
    : ofLevels(column, sides, known.map(String))
}

function ofNumbers(
  column: ColumnSchema,
  sides: readonly [readonly PlainCell[], readonly PlainCell[]],
  known: readonly number[],
): PairedSpread {
  const [low, high] = known.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
  const counted = (cells: readonly PlainCell[]): number[] => {
    const counts = new Array<number>(BINS).fill(0)
    for (const cell of cells)
      if (typeof cell === 'number')
        counts[Math.min(BINS - 1, Math.floor(((cell - low) / (high - low || 1)) * BINS))]++
    return counts
  }
  return {
    column: column.name,
    of: { kind: 'numbers', ...binEnds(column, low, high) },
    counts: [counted(sides[0]), counted(sides[1])],
  }
}

function ofLevels(
  column: ColumnSchema,
  sides: readonly [readonly PlainCell[], readonly PlainCell[]],
  known: readonly string[],
): PairedSpread {
  const totals = new Map<string, number>()
  for (const level of known) totals.set(level, (totals.get(level) ?? 0) + 1)
  const all = [...totals].sort((a, b) => b[1] - a[1]).map(([level]) => level)
  const shown = all.slice(0, all.length > MOST_LEVELS ? MOST_LEVELS - 1 : MOST_LEVELS)
  const levels = shown.length < all.length ? [...shown, OTHERS] : shown
  const counted = (cells: readonly PlainCell[]): number[] => {
    const counts = new Array<number>(levels.length).fill(0)
    for (const cell of cells) {
      if (cell === null) continue
      const place = shown.indexOf(String(cell))
      counts[place < 0 ? levels.length - 1 : place]++
    }
    return counts
  }
  return {
    column: column.name,
    of: { kind: 'levels', levels },
    counts: [counted(sides[0]), counted(sides[1])],
  }
}
