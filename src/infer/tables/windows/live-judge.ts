/** What a model of windows says of each row as it comes, by the rows before it alone. */

import { type TableLayout, tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import { gather, wideSchema, windowMap } from '../../../data/tables/windows/wide.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { Engine } from '../../../engine/engine.ts'
import { MIDDLE_SQUARE, newestJudge, takeIn } from '../../../statistics/series/newest-evidence.ts'
import type { ModelParts } from '../../model-parts.ts'
import { openCells } from '../cells.ts'
import type { RowScores } from '../chunk-model.ts'
import type { HeldSeries, HeldShape } from './held-series.ts'
import { SERIES } from './kept.ts'
import { columnsOfEntries, elapsedOf } from './passes.ts'
import { knownCells, mostOf } from './series-scores.ts'
import { encodedNumber, openTimeGaussian, seriesView, viewedNumbers } from './series-view.ts'

/** Numbers of windows that pass through the model at once, and windows. */
const MOST_NUMBERS = 2 ** 22
const MOST_WINDOWS = 512
/** Rows as they come, of any series. */
export interface ComingRows {
  /** Encoded rows [n × width]. */
  readonly rows: Float32Array
  /** The series of each. */
  readonly series: readonly HeldSeries[]
  /** log of the time since the row before [n]; NaN of the first. */
  readonly elapsed: Float32Array
}

/** What is said of them, and what is expected as encoded rows [n × width]. */
export type LiveScores = Omit<RowScores, 'expected' | 'unread' | 'found'> & { readonly center: Float32Array }

interface JudgeOptions {
  readonly draws: number
  readonly signal?: AbortSignal | undefined
  /** Whether distances are told as they are and all is believed, which tells what is usual. */
  readonly isPlain?: boolean
}

export interface LiveJudge extends Disposable {
  readonly narrow: TableLayout
  readonly shape: HeldShape
  /** Scores rows in their order, and takes each into its series. */
  judge(coming: ComingRows, options: JudgeOptions): Promise<LiveScores>
}

/** Nothing said yet of rows. */
export function unsaid(count: number, { width, columns }: TableLayout): LiveScores {
  const each = () => new Float64Array(count)
  const cells = () => new Float64Array(count * columns.length)
  return {
    ...{ score: each(), reconstruction: each(), kl: each() },
    ...{ cells: cells(), alone: cells(), shares: cells() },
    center: new Float32Array(count * width).fill(1),
  }
}

/** Opens a model of windows, whose parts may yet lack what is usual of rows that come. */
export async function openLiveJudge(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  windows: Windows,
): Promise<LiveJudge> {
  const narrow = tableLayout(schema)
  const view = seriesView(narrow, windows.rows)
  const { [SERIES.liveUsual]: usual } = parts.values
  // A model of an earlier version knows none.
  const middle = (column: number): number =>
    usual ? usual.data[column] : view.place[column] >= 0 ? MIDDLE_SQUARE : 0
  const byNumbers = SERIES.scale in parts.values ? numbersJudge(parts, narrow, windows, middle) : undefined
  const isWhole = byNumbers !== undefined && view.columns.length === narrow.columns.length
  const byModel = isWhole ? undefined : await modelJudge(engine, parts, schema, windows)
  return {
    narrow,
    shape: {
      recent: byNumbers ? [view.rows - 1, view.columns.length] : [0, 0],
      encoded: byModel ? [windows.rows, narrow.width] : [0, 0],
    },
    async judge(coming, options) {
      const count = coming.series.length
      const said = unsaid(count, narrow)
      const columns = narrow.columns.length
      await byModel?.judge(coming, said, options)
      const known = knownCells(narrow, coming.rows)
      for (let at = 0; at < said.shares.length; at++) {
        if (known[at] === 0) said.cells[at] = 0
        else
          said.shares[at] = options.isPlain
            ? said.cells[at]
            : Math.max(0, said.cells[at] - middle(at % columns))
      }
      byNumbers?.(coming, said, options.isPlain ?? false)
      for (let row = 0; row < count; row++)
        for (let at = row * columns; at < (row + 1) * columns; at++)
          said.reconstruction[row] += said.cells[at]
      return { ...said, score: mostOf(said.shares, columns) }
    },
    [Symbol.dispose]: () => byModel?.cells[Symbol.dispose](),
  }
}

/** Judges columns of numbers by the Gaussian of their windows. */
function numbersJudge(
  { values }: ModelParts,
  narrow: TableLayout,
  windows: Windows,
  middle: (column: number) => number,
) {
  const view = seriesView(narrow, windows.rows)
  const gaussian = openTimeGaussian(values, view)
  const scales = Float32Array.from(values[SERIES.scale].data)
  const usual = view.columns.map(({ column }) => middle(column))
  const width = view.columns.length
  const columns = narrow.columns.length
  const judges = { usual: newestJudge(gaussian, usual), plain: newestJudge(gaussian) }
  return ({ rows, series }: ComingRows, said: LiveScores, isPlain: boolean) => {
    const judge = isPlain ? judges.plain : judges.usual
    const numbers = viewedNumbers(view, narrow, scales, rows)
    series.forEach(({ recent }, row) => {
      const own = numbers.data.subarray(row * width, (row + 1) * width)
      const known = numbers.known.subarray(row * width, (row + 1) * width)
      const { distance, expected, nats, believed } = judge(recent, own, known)
      for (const [place, { column, slot }] of view.columns.entries()) {
        const at = row * columns + column
        said.shares[at] = isPlain ? distance[place] : distance[place] / 2
        said.alone[at] = own[place] ** 2 / 2
        said.cells[at] = known[place] === 1 ? nats[place] + Math.log(scales[width + place]) : 0
        said.center[row * narrow.width + slot] = encodedNumber(view, scales, place, expected[place])
      }
      takeIn(recent, view.rows - 1, own, believed)
    })
  }
}

/** Judges cells by what the model says of the last row of the window that ends with it. */
async function modelJudge(engine: Engine, parts: ModelParts, schema: TableSchema, windows: Windows) {
  const narrow = tableLayout(schema)
  const wide = tableLayout(wideSchema(schema, windows.rows))
  const map = windowMap(narrow, wide, windows.rows)
  const columnOf = columnsOfEntries(wide)
  const cells = await openCells(engine, parts)
  const together = Math.max(1, Math.min(MOST_WINDOWS, Math.floor(MOST_NUMBERS / wide.width)))
  const last = windows.rows - 1
  const columns = narrow.columns.length
  const pass = async (
    { rows, series, elapsed }: ComingRows,
    [from, to]: readonly [from: number, to: number],
    said: LiveScores,
    { draws, signal }: JudgeOptions,
  ) => {
    const own = new Float32Array((to - from) * wide.width)
    const conditions: Float32Array[] = []
    for (let row = from; row < to; row++) {
      const held = series[row]
      push(held, rows.subarray(row * narrow.width, (row + 1) * narrow.width), elapsed[row], windows.rows)
      const source = { data: held.rows, width: narrow.width }
      gather(map, source, { first: 0, count: held.count }, own, (row - from) * wide.width)
      const condition = elapsedOf(parts.spec, held.elapsed, Uint32Array.of(held.count - 1), windows.rows)
      if (condition) conditions.push(condition)
    }
    const condition = conditions.length > 0 ? joined(conditions) : undefined
    await cells.draw(
      own,
      draws,
      (found, begin, count) => {
        for (let window = 0; window < count; window++) {
          const row = from + begin + window
          said.kl[row] += found.kl[window] / (windows.rows * draws)
          for (let entry = 0, at = window * columnOf.length; entry < columnOf.length; entry++, at++)
            if (columnOf[entry] % windows.rows === last)
              said.cells[row * columns + Math.floor(columnOf[entry] / windows.rows)] += found.nats[at] / draws
          for (let number = 0; number < wide.values; number++)
            if (map.row[number] === last) {
              const to = row * narrow.width + map.slot[number]
              said.center[to] += found.center[window * wide.width + number] / draws
            }
        }
      },
      { condition, signal },
    )
  }
  return {
    cells,
    async judge(coming: ComingRows, said: LiveScores, options: JudgeOptions): Promise<void> {
      for (let row = 0; row < coming.series.length; row++)
        said.center.fill(0, row * narrow.width, row * narrow.width + narrow.values)
      for (let from = 0; from < coming.series.length; from += together)
        await pass(coming, [from, Math.min(from + together, coming.series.length)], said, options)
    },
  }
}

function push(held: HeldSeries, row: Float32Array, elapsed: number, most: number): void {
  if (held.count === most) {
    held.rows.copyWithin(0, row.length)
    held.elapsed.copyWithin(0, 1)
  } else held.count++
  held.rows.set(row, (held.count - 1) * row.length)
  held.elapsed[held.count - 1] = elapsed
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.length * parts[0].length)
  parts.forEach((own, at) => {
    all.set(own, at * own.length)
  })
  return all
}
