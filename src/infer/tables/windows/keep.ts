/** What a model of windows keeps beside its parameters to score rows by. */
import { joinedFloats } from '../../../base/arrays.ts'
import type { OrderedRows } from '../../../data/dataset.ts'
import { type TableLayout, tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { windowsOf } from '../../../data/tables/windows/ordering.ts'
import type { Windows, WindowsChoice } from '../../../data/tables/windows/windows.ts'
import type { Engine, Feeds } from '../../../engine/engine.ts'
import { clusterSize } from '../../../statistics/series/cluster-size.ts'
import type { ModelParts } from '../../model-parts.ts'
import { HELD_OUT_SCORES, TRAINED_SCORES } from '../usual.ts'
import { type HeldSeries, newSeries } from './held-series.ts'
import { SERIES } from './kept.ts'
import { type LiveJudge, openLiveJudge } from './live-judge.ts'
import type { SeriesRows } from './passes.ts'
import { knownCells, openSeriesScorer } from './series-scores.ts'
import { fitSeries, quantilesOf, seriesView } from './series-view.ts'

/** Rows that are learned from, and that are held against new ones, at most. */
const MOST_ROWS = 10_000
/** Windows that a Gaussian is fitted to at most, and, where they have so many numbers that more would take long. */
const MOST_WINDOWS = 10_000
const FEWER_WINDOWS = 4000
/** Numbers of a window up to which all are taken. */
const SMALL = 300
/** Draws of the code that scores are averaged over. */
const DRAWS = 4

/** Ordered rows, and the numbers of the windows that are learned from and that are held out. */
export interface WindowsKept {
  readonly choice: WindowsChoice
  readonly ordered: OrderedRows
  readonly train: Uint32Array
  readonly heldOut: Uint32Array
}

/**
 * A Gaussian of the training rows' windows, what is usual in each column, and scores of whole stretches that were held out.
 * No row is among it.
 */
export async function keptOfWindows(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  { choice, ordered, train, heldOut }: WindowsKept,
): Promise<Feeds> {
  const windows = windowsOf(choice)
  const learned = await stretchesOf(ordered, train)
  const fitted = { ...fittedTo(schema, windows, learned), [SERIES.pace]: paceOf(learned) }
  const seen = { ...parts, values: { ...parts.values, ...fitted } }
  using scorer = await openSeriesScorer(engine, seen, schema, windows)
  const usual = await usualOf(scorer.narrow, learned, (stretch) => scorer.plain(stretch, DRAWS))
  const whole = { ...seen, values: { ...seen.values, [SERIES.usual]: usual } }
  using judging = await openSeriesScorer(engine, whole, schema, windows)
  const held = await stretchesOf(ordered, heldOut)
  const scoresOf = scoresBy(async (stretch) => (await judging.score(stretch, { draws: DRAWS })).score)
  return {
    ...fitted,
    [SERIES.usual]: usual,
    ...(held.length > 0 && calibrating(await scoresOf(held), HELD_OUT_SCORES, SERIES.block)),
    [TRAINED_SCORES]: joined(await scoresOf(learned)),
    ...(await keptOfLive({ engine, parts: seen, schema, windows }, { learned, held })),
  }
}

/** The same of rows that are judged by those before them alone. */
async function keptOfLive(
  { engine, parts, schema, windows }: OpenedParts,
  { learned, held }: { readonly learned: readonly SeriesRows[]; readonly held: readonly SeriesRows[] },
): Promise<Feeds> {
  using plain = await openLiveJudge(engine, parts, schema, windows)
  const said = async (judge: LiveJudge, { rows, elapsed }: SeriesRows, isPlain: boolean) => {
    const series = new Array<HeldSeries>(elapsed.length).fill(newSeries(judge.shape))
    return judge.judge({ rows, series, elapsed }, { draws: DRAWS, isPlain })
  }
  const usual = await usualOf(
    plain.narrow,
    learned,
    async (stretch) => (await said(plain, stretch, true)).shares,
  )
  const whole = { ...parts, values: { ...parts.values, [SERIES.liveUsual]: usual } }
  using judging = await openLiveJudge(engine, whole, schema, windows)
  const scoresOf = scoresBy(async (stretch) => (await said(judging, stretch, false)).score)
  return {
    [SERIES.liveUsual]: usual,
    ...(held.length > 0 && calibrating(await scoresOf(held), SERIES.liveHeldOut, SERIES.liveBlock)),
    [SERIES.liveTrained]: joined(await scoresOf(learned)),
  }
}

interface OpenedParts {
  readonly engine: Engine
  readonly parts: ModelParts
  readonly schema: TableSchema
  readonly windows: Windows
}

const scoresBy =
  (score: (stretch: SeriesRows) => Promise<Float64Array>) =>
  async (stretches: readonly SeriesRows[]): Promise<Float64Array[]> => {
    const scores: Float64Array[] = []
    for (const stretch of stretches) scores.push(await score(stretch))
    return scores
  }

/** What rows scored that were held out, and how many of them are odd together. */
const calibrating = (scores: readonly Float64Array[], name: string, block: string): Feeds => ({
  [name]: joined(scores),
  [block]: { data: Float32Array.of(clusterSize(scores)), shape: [1] },
})

function joined(scores: readonly Float64Array[]): Feeds[string] {
  const data = joinedFloats(scores)
  return { data, shape: [data.length] }
}

/** Whole stretches of ordered rows that windows cover, as many as there is room for, spread evenly. */
async function stretchesOf(
  { rows, series, places }: OrderedRows,
  chosen: Uint32Array,
): Promise<SeriesRows[]> {
  const spans: [from: number, to: number][] = []
  for (const window of chosen) {
    const [from, to] = [places.first[window], places.last[window] + 1]
    const last = spans.at(-1)
    const goesOn = last && from <= last[1] && series.starts.indexOf(from) < 0
    if (last && goesOn) last[1] = to
    else spans.push([from, to])
  }
  const total = spans.reduce((sum, [from, to]) => sum + to - from, 0)
  const share = Math.min(1, MOST_ROWS / Math.max(total, 1))
  const kept = share === 1 ? spans : shortened(spans, share)
  const stretches: SeriesRows[] = []
  for (const [from, to] of kept) {
    const { data } = await rows.read(series.rows.slice(from, to))
    stretches.push({ rows: Float32Array.from(data), elapsed: series.elapsed.slice(from, to) })
  }
  return stretches
}

/** Of few long stretches the last part of each, of many short ones every so many. */
function shortened(spans: readonly [number, number][], share: number): [number, number][] {
  if (spans.length * share >= 8)
    return spans.filter((_, at) => Math.floor((at + 1) * share) > Math.floor(at * share))
  return spans.map(([from, to]) => [to - Math.max(1, Math.floor((to - from) * share)), to])
}

function fittedTo(schema: TableSchema, { rows }: Windows, stretches: readonly SeriesRows[]): Feeds {
  const layout = tableLayout(schema)
  const view = seriesView(layout, rows)
  const all = new Float32Array(stretches.reduce((sum, stretch) => sum + stretch.rows.length, 0))
  const starts: number[] = []
  let at = 0
  for (const stretch of stretches) {
    all.set(stretch.rows, at)
    const [first, count] = [at / layout.width, stretch.rows.length / layout.width]
    for (let row = 0; row + view.rows <= count; row++) starts.push(first + row)
    at += stretch.rows.length
  }
  const most = view.rows * view.columns.length > SMALL ? FEWER_WINDOWS : MOST_WINDOWS
  const share = Math.min(1, most / Math.max(starts.length, 1))
  const chosen = starts.filter((_, at) => Math.floor((at + 1) * share) > Math.floor(at * share))
  return (chosen.length > 0 && fitSeries(view, layout, all, chosen)) || {}
}

/** Quantiles of the log of the time between two rows. */
function paceOf(stretches: readonly SeriesRows[]): Feeds[string] {
  const known = stretches.flatMap(({ elapsed }) => [...elapsed].filter((log) => !Number.isNaN(log)))
  const data = Float32Array.from(quantilesOf(known))
  return { data, shape: [data.length] }
}

/** The middle of what speaks against the cells of each column [columns]. */
async function usualOf(
  narrow: TableLayout,
  stretches: readonly SeriesRows[],
  plain: (stretch: SeriesRows) => Promise<Float64Array>,
): Promise<Feeds[string]> {
  const columns = narrow.columns.length
  const own = Array.from({ length: columns }, (): number[] => [])
  for (const stretch of stretches) {
    const known = knownCells(narrow, stretch.rows)
    const said = await plain(stretch)
    for (let at = 0; at < said.length; at++) if (known[at] === 1) own[at % columns].push(said[at])
  }
  const middle = own.map((all) => (all.length === 0 ? 1 : Float64Array.from(all).sort()[all.length >> 1]))
  return { data: Float32Array.from(middle), shape: [columns] }
}
