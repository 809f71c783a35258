/** Levels that are missing in a series, and whatever else its Gaussian does not look at, by the windows of the model. */
import { fillUniform, streamOf } from '../../../base/random.ts'
import { type TableLayout, tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { FillRequest } from './filled-series.ts'
import type { SeriesRows } from './passes.ts'
import type { SeriesScorer } from './series-scores.ts'
import type { SeriesView } from './series-view.ts'

const choosing = streamOf('series-levels')

/** Encoded rows [n × width] in which levels are to be put, in place: the likeliest, or draws by a seed. */
export interface LevelPath {
  readonly rows: Float32Array
  readonly seed?: number
}

/** What fills levels of a kind of rows. */
interface Levels {
  readonly scorer: SeriesScorer
  readonly layout: TableLayout
  readonly windows: Windows
  readonly columns: TableLayout['columns']
  readonly settle: readonly ReturnType<typeof settler>[]
}

type LevelRequest = Pick<FillRequest, 'draws' | 'number' | 'signal'>

/**
 * Fills what the Gaussian does not look at in paths of a series, of which `rows` say what is known: what lies inside at once,
 * what comes after all that is known row by row.
 */
export type LevelFiller = (
  series: SeriesRows,
  paths: readonly LevelPath[],
  request: LevelRequest,
) => Promise<void>

export function levelFiller(
  scorer: SeriesScorer,
  schema: TableSchema,
  windows: Windows,
  view: SeriesView | undefined,
): LevelFiller {
  const layout = tableLayout(schema)
  const columns = layout.columns.filter((_, column) => !view || view.place[column] < 0)
  const settle = columns.map(({ slots }) => settler(layout, slots))
  const levels = { scorer, layout, windows, columns, settle }
  return async (series, paths, request) => {
    if (columns.length === 0) return
    const known = knownOf(levels, series)
    if (known.gaps.length > 0) await fillInside(levels, series, paths, known, request)
    if (known.end < series.elapsed.length) await fillAhead(levels, series, paths, known, request)
  }
}

/** What is known of the levels of a series. */
interface Known {
  is(row: number, column: number): boolean
  /** The row behind the last one of which something is known. */
  readonly end: number
  /** Rows before it of which something is missing. */
  readonly gaps: readonly number[]
}

function knownOf({ layout: { width }, columns }: Levels, { rows, elapsed }: SeriesRows): Known {
  const is = (row: number, column: number) => rows[row * width + columns[column].mask] === 1
  let end = elapsed.length
  while (end > 0 && !columns.some((_, column) => is(end - 1, column))) end--
  const gaps = Array.from({ length: end }, (_, row) => row).filter(
    (row) => !columns.every((_, column) => is(row, column)),
  )
  return { is, end, gaps }
}

async function fillInside(
  levels: Levels,
  { elapsed }: SeriesRows,
  paths: readonly LevelPath[],
  known: Known,
  { draws, number, signal }: LevelRequest,
): Promise<void> {
  const { scorer, layout } = levels
  const [first] = paths
  const inside = {
    rows: first.rows.slice(0, known.end * layout.width),
    elapsed: elapsed.subarray(0, known.end),
  }
  const { center } = await scorer.said(inside, { draws, signal })
  for (const row of known.gaps) {
    const own = center.subarray(row * layout.width, (row + 1) * layout.width)
    for (const path of paths) putLevels(levels, path, { row, center: own, known, number })
  }
}

async function fillAhead(
  levels: Levels,
  { elapsed }: SeriesRows,
  paths: readonly LevelPath[],
  known: Known,
  { draws, number, signal }: LevelRequest,
): Promise<void> {
  const { scorer, layout, windows } = levels
  for (let row = known.end; row < elapsed.length; row++) {
    const from = Math.max(0, row - windows.rows + 1)
    const when = elapsed.subarray(from, row + 1)
    const own = paths.map(({ rows }) => ({
      rows: rows.slice(from * layout.width, (row + 1) * layout.width),
      elapsed: when,
    }))
    const centers = await scorer.newest(own, { draws, signal })
    centers.forEach((center, path) => {
      putLevels(levels, paths[path], { row, center, known, number })
    })
  }
}

interface Expected {
  readonly row: number
  /** What the model expects of the row [width]. */
  readonly center: Float32Array
  readonly known: Known
  /** The number of the series. */
  readonly number: number
}

/** Puts what is expected of a row where it is not known. */
function putLevels(
  { layout: { width }, columns, settle }: Levels,
  { rows, seed }: LevelPath,
  { row, center, known, number }: Expected,
): void {
  const step = number * 2 ** 26 + row
  const chance =
    seed === undefined
      ? undefined
      : fillUniform(new Float32Array(columns.length), { seed, stream: choosing, step })
  const own = rows.subarray(row * width, (row + 1) * width)
  columns.forEach(({ mask, slots }, at) => {
    if (known.is(row, at)) return
    for (const slot of slots) own[slot] = center[slot]
    own[mask] = 1
    settle[at](own, chance?.[at])
  })
}

/** Makes a level of a column's probabilities, in place: the likeliest, or by a number from 0 to 1; numbers stay. */
function settler(
  { groups }: TableLayout,
  [first]: readonly number[],
): (row: Float32Array, chance: number | undefined) => void {
  if (first >= groups.binary[0] && first < groups.binary[1])
    return (row, chance = 0.5) => {
      row[first] = row[first] > 1 - chance ? 1 : 0
    }
  const group = groups.categorical.find(({ at }) => at === first)
  if (!group) return () => {}
  return (row, chance) => {
    const shares = row.subarray(group.at, group.at + group.levels)
    let left = chance ?? 0
    const isLast = (share: number, level: number) => {
      left -= share
      return left < 0 || level === shares.length - 1
    }
    const chosen = chance === undefined ? shares.indexOf(Math.max(...shares)) : shares.findIndex(isLast)
    shares.fill(0)
    shares[chosen] = 1
  }
}
