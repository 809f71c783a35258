import { quantile } from '../../../base/math/quantile.ts'
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import { spreadSample } from '../../../data/tables/spread-sample.ts'
import { type OddStretch, oneOfEachStretch, stretchTime } from '../../../infer/tables/odd-stretch.ts'
import type { ScoredRow } from '../../../infer/tables/scored-rows.ts'
import { expectedText } from '../../../report/cell-text.ts'
import { latentMap } from '../../../report/map/latent-map.ts'
import type {
  DetectorEntry,
  FoundRow,
  ScoreBins,
  ScoresPageInput,
  Threshold,
} from '../../../report/scores/input.ts'
import { scoresPage } from '../../../report/scores/page.ts'
import type { Calibration } from '../../../statistics/anomaly/conformal.ts'
import { rankedStretches, seriesLines } from './series-lines.ts'
import type { OpenedTableRun } from './table-run.ts'

/** A row of a chunk, scored, with its number from 1. */
type Numbered = ScoredRow & { readonly row: number }

/** What a scoring comes to, beside its rows. */
interface Outcome {
  readonly title: string
  readonly run: string
  readonly command: string
  readonly flagged?: number
  readonly calibration?: Calibration
  /** Share of normal rows that may be flagged, and from which score on they are. */
  readonly asked?: { readonly score: number; readonly share: number }
  readonly detectors?: readonly DetectorEntry[]
}

/** Takes scored rows as they come and makes a page of them in the end; holds no more rows than it shows. */
export interface ScorePage {
  add(chunk: TableChunk, rows: readonly Numbered[]): void
  page(outcome: Outcome): Promise<string>
}

/** Rows shown one by one, others on the map, and bars. */
const SHOWN = 20
const MAPPED = 2000
const BINS = 60
/** Cells named of a row: the first, and those that add at least this share of what it adds. */
const NAMED = 4
const WORTH = 0.2
const MOST_BLAMED = 12
/** Without another wish the share of normal rows beyond the line. */
const SHARE = 0.05

interface HeldRow {
  readonly scored: Numbered
  readonly columns: readonly string[]
  readonly cells: readonly Cell[]
}

/** Begins the page about a scoring by `run` that shows `shown` rows. */
export function scorePage({ table, run }: OpenedTableRun, shown = SHOWN): ScorePage {
  const scores: number[] = []
  const others = spreadSample<HeldRow>(MAPPED)
  const { table: schema, windows } = run.trained.recipe.data
  let found: HeldRow[] = []
  let ranks = new Map<OddStretch, number>()
  let series: ScoresPageInput['series']
  return {
    add(chunk, rows) {
      const { columns, rows: cells, first } = chunk
      const odd = new Set(oneOfEachStretch(rows))
      const held = rows.map((scored, at): HeldRow => ({ scored, columns, cells: cells[at] }))
      for (const { score } of rows) scores.push(score)
      found = [...found, ...held.filter(({ scored }) => odd.has(scored))].sort(byScore).slice(0, shown)
      // Of rows that are scored as they come nobody knows the whole series.
      if (schema && windows && rows[0]?.stretch !== undefined) {
        ranks = rankedStretches(rows)
        series = seriesLines({ chunk, rows, schema, windows })
      }
      others.add(first, held)
    },
    async page({ calibration, asked, flagged, ...said }) {
      const threshold = asked ? { ...asked, isAsked: true } : usualThreshold(calibration)
      const map = await mapOf({ table, run }, others.kept(), found)
      return scoresPage({
        ...said,
        rows: scores.length,
        ...(flagged === undefined ? {} : { flagged }),
        ...(threshold ? { threshold } : {}),
        bins: binsOf(scores, calibration, threshold),
        found: found.map((row) => foundRow(row, ranks)),
        blamed: blamedIn(found),
        ...(series && { series }),
        ...(map ? { map } : {}),
      } satisfies ScoresPageInput)
    },
  }
}

const byScore = (a: HeldRow, b: HeldRow): number =>
  b.scored.score - a.scored.score || a.scored.row - b.scored.row

/** Where nobody asked for a rate: the score that one in twenty held-out rows reach. */
const usualThreshold = (calibration: Calibration | undefined): Threshold | undefined =>
  calibration && {
    score: quantile(calibration.ascending, 1 - SHARE),
    share: SHARE,
    isAsked: false,
  }

function foundRow({ scored, columns, cells }: HeldRow, ranks: ReadonlyMap<OddStretch, number>): FoundRow {
  const { row, score, p, flagged, foundBy, causes, stretch } = scored
  const rank = stretch ? ranks.get(stretch) : undefined
  const worth = causes.filter(({ nats }, at) => at < NAMED && nats >= WORTH * causes[0].nats)
  return {
    ...{ row, score, isFlagged: flagged === true },
    ...(p === undefined ? {} : { p }),
    ...(foundBy === undefined ? {} : { foundBy }),
    ...(stretch &&
      rank !== undefined && {
        stretch: {
          ...(stretch.what && { what: `${stretch.column} ${stretch.what}` }),
          when: stretchTime(stretch),
          rank,
        },
      }),
    odd: worth.map(({ column, seen, expected, nats }) => {
      const text = textOf(seen)
      return { column, text, expected: expectedText(expected, text), nats }
    }),
    cells: columns.map((column, at) => ({ column, text: textOf(cells[at]) })),
  }
}

const textOf = (cell: Cell): string => (cell === null ? '–' : String(cell))

/** How often each column is the first cause of the rows found. */
function blamedIn(found: readonly HeldRow[]): ScoresPageInput['blamed'] {
  const rows = new Map<string, number>()
  for (const { scored } of found) {
    const [first] = scored.causes
    if (first) rows.set(first.column, (rows.get(first.column) ?? 0) + 1)
  }
  return [...rows]
    .map(([column, count]) => ({ column, rows: count }))
    .sort((a, b) => b.rows - a.rows)
    .slice(0, MOST_BLAMED)
}

/** A few scores far out must not squeeze all others into one bar: bins end where the bulk does. */
function binsOf(
  scores: readonly number[],
  calibration: Calibration | undefined,
  threshold: Threshold | undefined,
): ScoreBins {
  const sorted = Float64Array.from(scores).sort()
  const usual = calibration?.ascending ?? sorted
  const [middle, upper] = [quantile(usual, 0.5), quantile(usual, 0.99)]
  const greatest = Math.max(sorted[sorted.length - 1] ?? 0, usual[usual.length - 1] ?? 0)
  const low = Math.min(sorted[0] ?? 0, usual[0] ?? 0)
  const most = Math.max(
    middle + 4 * (upper - middle),
    threshold ? threshold.score + (threshold.score - middle) : low,
  )
  const high = Math.max(Math.min(greatest, most), low + 1e-6)
  const counted = (all: ArrayLike<number>): number[] => {
    const bins = new Array<number>(BINS).fill(0)
    for (let at = 0; at < all.length; at++)
      bins[Math.min(BINS - 1, Math.max(0, Math.floor(((all[at] - low) / (high - low)) * BINS)))]++
    return bins
  }
  return {
    ...{ low, high, rows: counted(sorted) },
    ...(calibration ? { heldOut: counted(calibration.ascending) } : {}),
    ...(greatest > high ? { beyond: greatest } : {}),
  }
}

/** Rows in the plane of their codes, the found ones last; undefined where the code has one dimension. */
async function mapOf(
  { table, run }: Pick<OpenedTableRun, 'table' | 'run'>,
  others: readonly HeldRow[],
  found: readonly HeldRow[],
): Promise<ScoresPageInput['map']> {
  // A code is of a window, not of a row.
  const isOrdered = run.trained.recipe.data.windows !== undefined
  if (run.model.latent < 2 || found.length === 0 || isOrdered) return undefined
  const isFound = new Set(found.map(({ scored }) => scored.row))
  const all = [...others.filter(({ scored }) => !isFound.has(scored.row)), ...found]
  const rows = table.encode({
    columns: found[0].columns,
    first: 0,
    rows: all.map(({ cells }) => cells),
  })
  const { mean } = await run.model.encode({ data: rows, shape: [all.length, rows.length / all.length] })
  const map = await latentMap(mean)
  return { map, rows: all.map(({ scored }) => scored.row), found: found.length }
}
