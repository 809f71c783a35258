/** What rows of a series cost, and what speaks against each of their cells, by all windows that hold them. */
import { type TableLayout, tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { wideSchema, windowMap } from '../../../data/tables/windows/wide.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { Engine } from '../../../engine/engine.ts'
import {
  cleanedEvidence,
  plainEvidence,
  type SeriesEvidence,
  type SeriesNumbers,
  type WindowGaussian,
} from '../../../statistics/series/window-evidence.ts'
import type { ModelParts } from '../../model-parts.ts'
import { openCells } from '../cells.ts'
import { SERIES } from './kept.ts'
import { newestOf, type PassRequest, type SaidOfRows, type SeriesRows, saidOfSeries } from './passes.ts'
import { encodedNumber, openGaussian, type SeriesView, seriesView, viewedNumbers } from './series-view.ts'

/** What is said of the rows of one series, in nats. */
export interface SeriesScores extends SaidOfRows {
  /** What speaks most against one of a row's cells [n]. */
  readonly score: Float64Array
  /** What speaks against each cell [n × columns]. */
  readonly shares: Float64Array
  /** What a cell costs alone: half its squared distance from the middle of its column [n × columns]. */
  readonly alone: Float64Array
  /** What columns of numbers were judged by, and what they are expected to be; absent where there are none. */
  readonly judged?: NumberEvidence
}

/** Numbers of a series, the Gaussian of its windows, and what that says of them. */
export interface NumberEvidence extends SeriesEvidence {
  readonly numbers: SeriesNumbers
  readonly gaussian: WindowGaussian
}

export interface SeriesScorer extends Disposable {
  readonly narrow: TableLayout
  /** Where columns of numbers are looked at. */
  readonly view: SeriesView
  /** Numbers of encoded rows as they are judged; undefined where no column is one of numbers. */
  readonly numbers: ((rows: Float32Array) => SeriesNumbers) | undefined
  /** A number that is judged as it stands in an encoded row. */
  encoded(place: number, x: number): number
  score(series: SeriesRows, request: PassRequest): Promise<SeriesScores>
  /** What all windows say of the rows but for the Gaussian. */
  said(series: SeriesRows, request: PassRequest): Promise<SaidOfRows>
  /** What the model expects of the last row of each of some windows, as encoded rows. */
  newest(all: readonly SeriesRows[], request: PassRequest): Promise<Float32Array[]>
  /** The numbers that a Gaussian looks at, that, and what speaks against them, in usual distances; undefined where there are none. */
  evidence(series: SeriesRows): NumberEvidence | undefined
  /** The distances of viewed cells and the nats of others, unscaled, which tell what is usual [n × columns]. */
  plain(series: SeriesRows, draws: number): Promise<Float64Array>
}

/** Opens a model of windows, whose parts may yet lack what is usual. */
export async function openSeriesScorer(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  windows: Windows,
): Promise<SeriesScorer> {
  const narrow = tableLayout(schema)
  const wide = tableLayout(wideSchema(schema, windows.rows))
  const map = windowMap(narrow, wide, windows.rows)
  const cells = await openCells(engine, parts)
  const passes = { cells, spec: parts.spec, narrow, wide, map, windows }
  const view = seriesView(narrow, windows.rows)
  const { [SERIES.scale]: scale, [SERIES.usual]: usual } = parts.values
  const gaussian = scale && openGaussian(parts.values, view)
  const scales = scale && Float32Array.from(scale.data)
  const numbersOf = ({ rows }: SeriesRows) => viewedNumbers(view, narrow, scales as Float32Array, rows)
  const columns = narrow.columns.length
  const middle = usual ? Float64Array.from(usual.data) : new Float64Array(columns)
  const evidence: SeriesScorer['evidence'] = (series) => {
    if (!gaussian) return undefined
    const numbers = numbersOf(series)
    const own = view.columns.map(({ column }) => middle[column] || 1)
    const by = gaussian(numbers.data.length / numbers.width)
    return { ...cleanedEvidence(by, numbers, own, windows.stride), numbers, gaussian: by }
  }
  return {
    ...{ narrow, view },
    evidence,
    said: (series, request) => saidOfSeries(passes, series, request),
    newest: (all, request) => newestOf(passes, all, request),
    numbers: scales && ((rows) => viewedNumbers(view, narrow, scales, rows)),
    encoded: (place, x) => encodedNumber(view, scales as Float32Array, place, x),
    async score(series, request) {
      const said = await saidOfSeries(passes, series, request)
      const shares = new Float64Array(said.cells.length)
      const alone = new Float64Array(said.cells.length)
      const known = knownCells(narrow, series.rows)
      for (let at = 0; at < shares.length; at++)
        if (known[at] === 1) shares[at] = Math.max(0, said.cells[at] - middle[at % columns])
      const found = evidence(series)
      if (found && scales)
        withEvidence({ view, narrow, scales }, found, { ...said, shares, alone }, found.numbers.data)
      const score = mostOf(shares, columns)
      return { ...said, shares, alone, score, ...(found && { judged: found }) }
    },
    async plain(series, draws) {
      const { cells } = await saidOfSeries(passes, series, { draws })
      if (!gaussian) return cells
      const numbers = numbersOf(series)
      const { distance } = plainEvidence(
        gaussian(numbers.data.length / numbers.width),
        numbers,
        windows.stride,
      )
      for (let row = 0; row < cells.length / columns; row++)
        view.columns.forEach(({ column }, place) => {
          cells[row * columns + column] = distance[row * numbers.width + place]
        })
      return cells
    },
    [Symbol.dispose]: () => cells[Symbol.dispose](),
  }
}

/** Which cells of encoded rows are known [n × columns]. */
export function knownCells({ width, columns }: TableLayout, rows: Float32Array): Uint8Array {
  const known = new Uint8Array((rows.length / width) * columns.length)
  for (let row = 0, at = 0; row < rows.length; row += width)
    for (const { mask } of columns) known[at++] = rows[row + mask] === 1 ? 1 : 0
  return known
}

/** Puts what the Gaussian says of the columns that it looks at in place of what the model says. */
function withEvidence(
  {
    view,
    narrow,
    scales,
  }: { readonly view: SeriesView; readonly narrow: TableLayout; readonly scales: Float32Array },
  { distance, expected }: SeriesEvidence,
  { shares, alone, center }: Pick<SeriesScores, 'shares' | 'alone' | 'center'>,
  numbers: Float64Array,
): void {
  const [width, columns] = [view.columns.length, narrow.columns.length]
  for (let row = 0; row < shares.length / columns; row++)
    for (const [place, { column, slot }] of view.columns.entries()) {
      const at = row * width + place
      shares[row * columns + column] = distance[at] / 2
      alone[row * columns + column] = numbers[at] ** 2 / 2
      center[row * narrow.width + slot] = encodedNumber(view, scales, place, expected[at])
    }
}

/** The greatest of each row's. */
export function mostOf(shares: Float64Array, columns: number): Float64Array {
  const most = new Float64Array(shares.length / columns)
  for (let row = 0; row < most.length; row++)
    for (let at = row * columns; at < (row + 1) * columns; at++) most[row] = Math.max(most[row], shares[at])
  // Models keep scores as float32, and equal ones must stay equal.
  return most.map(Math.fround)
}
