/** What a model of windows says of the rows of one series, averaged over the windows that hold them. */
import { writeCondition } from '../../../data/condition.ts'
import type { TableLayout } from '../../../data/tables/layout.ts'
import { gather, type WindowMap } from '../../../data/tables/windows/wide.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { ModelSpec } from '../../../model/spec.ts'
import type { CellDraw, Cells } from '../cells.ts'
import { entriesOf } from '../entries.ts'

/** Windows that pass through the model at once. */
const TOGETHER = 512

/** Rows of one series in their order. */
export interface SeriesRows {
  /** Encoded rows [n × width]. */
  readonly rows: Float32Array
  /** log of the time since the row before [n]; NaN of the first. */
  readonly elapsed: Float32Array
}

/** In nats; what is said of a row is the mean over its windows. */
export interface SaidOfRows {
  /** −log p of each cell [n × columns]; 0 where it is missing. */
  readonly cells: Float64Array
  /** KL of a window's code, an equal share of it for each of its rows [n]. */
  readonly kl: Float64Array
  /** What is expected, as encoded rows [n × width]. */
  readonly center: Float32Array
}

interface WindowPasses {
  readonly cells: Cells
  readonly spec: ModelSpec
  readonly narrow: TableLayout
  readonly wide: TableLayout
  readonly map: WindowMap
  readonly windows: Windows
}

export interface PassRequest {
  readonly draws: number
  readonly signal?: AbortSignal | undefined
}

/** Passes all windows of a series through a model. */
export async function saidOfSeries(
  passes: WindowPasses,
  series: SeriesRows,
  { draws, signal }: PassRequest,
): Promise<SaidOfRows> {
  const { narrow, wide, map, windows, spec } = passes
  const count = series.rows.length / narrow.width
  const ends = windowEnds(count, windows)
  const said = {
    cells: new Float64Array(count * narrow.columns.length),
    kl: new Float64Array(count),
    center: new Float32Array(series.rows.length),
  }
  const often = new Uint32Array(count)
  const add = adder(passes, said, often, draws)
  for (let from = 0; from < ends.length; from += TOGETHER) {
    const own = ends.subarray(from, from + TOGETHER)
    const rows = new Float32Array(own.length * wide.width)
    own.forEach((end, at) => {
      const first = Math.max(0, end - windows.rows + 1)
      const source = { data: series.rows, width: narrow.width }
      gather(map, source, { first, count: end - first + 1 }, rows, at * wide.width)
    })
    const condition = elapsedOf(spec, series.elapsed, own, windows.rows)
    await passes.cells.draw(
      rows,
      draws,
      (found, begin, part, draw) => add(found, own.subarray(begin, begin + part), draw),
      { condition, signal },
    )
  }
  for (let row = 0; row < count; row++) {
    const share = 1 / often[row]
    said.kl[row] *= share
    for (let at = row * narrow.columns.length; at < (row + 1) * narrow.columns.length; at++)
      said.cells[at] *= share
    for (let at = row * narrow.width; at < (row + 1) * narrow.width; at++) said.center[at] *= share
  }
  return said
}

/** What is expected of the last row of each of some windows, as encoded rows; all are as long. */
export async function newestOf(
  { narrow, wide, map, windows, spec, cells }: WindowPasses,
  all: readonly SeriesRows[],
  { draws, signal }: PassRequest,
): Promise<Float32Array[]> {
  const rows = new Float32Array(all.length * wide.width)
  const centers = all.map(() => new Float32Array(narrow.width))
  const conditions = all.map((own, at) => {
    const count = own.elapsed.length
    gather(map, { data: own.rows, width: narrow.width }, { first: 0, count }, rows, at * wide.width)
    return elapsedOf(spec, own.elapsed, Uint32Array.of(count - 1), windows.rows) ?? new Float32Array()
  })
  const given = spec.condition && Float32Array.from(conditions.flatMap((own) => [...own]))
  await cells.draw(
    rows,
    draws,
    ({ center }, from, count) => {
      for (let at = 0; at < count; at++)
        for (let number = 0; number < wide.values; number++)
          if (map.row[number] === windows.rows - 1)
            centers[from + at][map.slot[number]] += center[at * wide.width + number] / draws
    },
    { condition: given, signal },
  )
  return centers
}

/** Last rows of the windows of a series: the first as soon as one is whole, and one that ends with the last row. */
function windowEnds(count: number, { rows, stride }: Windows): Uint32Array {
  const first = Math.min(rows, count) - 1
  const ends = Array.from(
    { length: Math.floor((count - 1 - first) / stride) + 1 },
    (_, at) => first + at * stride,
  )
  return Uint32Array.from((count - 1 - first) % stride === 0 ? ends : [...ends, count - 1])
}

/** Adds what one draw says of windows to their rows. */
function adder(
  { narrow, wide, map, windows: { rows } }: WindowPasses,
  { cells, kl, center }: SaidOfRows,
  often: Uint32Array,
  draws: number,
) {
  const columnOf = columnsOfEntries(wide)
  const entries = columnOf.length
  const values = narrow.columns.length
  return (found: CellDraw, ends: Uint32Array, draw: number) => {
    ends.forEach((end, window) => {
      const first = end - rows + 1
      for (let row = Math.max(0, first); row <= end; row++) {
        kl[row] += found.kl[window] / (rows * draws)
        if (draw === 0) often[row]++
      }
      for (let entry = 0, at = window * entries; entry < entries; entry++, at++) {
        const row = first + (columnOf[entry] % rows)
        if (row >= 0) cells[row * values + Math.floor(columnOf[entry] / rows)] += found.nats[at] / draws
      }
      for (let number = 0, at = window * wide.width; number < wide.width; number++, at++) {
        const row = first + map.row[number]
        if (row >= 0) center[row * narrow.width + map.slot[number]] += found.center[at] / draws
      }
    })
  }
}

/** The column that each entry of an encoded row is of. */
export function columnsOfEntries(layout: TableLayout): Uint32Array {
  const { columns, count } = entriesOf(layout)
  const columnOf = new Uint32Array(count)
  for (const { column, from, to } of columns) columnOf.fill(column, from, to)
  return columnOf
}

/** The condition of windows: the times since the rows before; those of the first row of a series are as usual. */
export function elapsedOf(
  { condition }: ModelSpec,
  elapsed: Float32Array,
  ends: Uint32Array,
  rows: number,
): Float32Array | undefined {
  if (!condition) return undefined
  const [column] = condition
  const out = new Float32Array(ends.length * rows)
  ends.forEach((end, window) => {
    for (let row = Math.max(0, end - rows + 1); row <= end; row++)
      writeCondition(column, elapsed[row], out, window * rows + rows - 1 - (end - row))
  })
  return out
}
