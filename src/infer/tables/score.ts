import type { TableLayout } from '../../data/tables/layout.ts'
import type { AloneNats } from './alone.ts'
import type { Cells, VisitCells } from './cells.ts'
import { ALONE_WEIGHT, type Combined, cellNats, type Detectors } from './detectors.ts'
import { entriesOf } from './entries.ts'

interface ScoreRequest {
  readonly draws: number
  /** What a conditional model is given of each row. */
  readonly condition?: Float32Array | undefined
  readonly signal?: AbortSignal
}

/** What rows are scored with. */
interface Scorers {
  readonly cells: Cells
  readonly aloneNats: AloneNats
  readonly detectors?: Detectors
  readonly combine?: (measures: Float64Array) => Combined
}

/** What encoded rows cost, and what is expected in their cells. */
export type EncodedScores = Awaited<ReturnType<typeof scoreRows>>

/** Scores encoded rows [n × width], averaged over draws of the code; `center` is what is expected in each cell. */
export async function scoreRows(
  { cells: passes, aloneNats, detectors, combine }: Scorers,
  layout: TableLayout,
  rows: Float32Array,
  { draws, condition, signal }: ScoreRequest,
) {
  const { width } = layout
  const count = rows.length / width
  const columns = layout.columns.length
  const columnOf = columnsOfEntries(layout)
  const kl = new Float64Array(count)
  const cells = new Float64Array(count * columns)
  const center = new Float32Array(rows.length)
  const share = 1 / draws
  const add: VisitCells = (found, from, part) => {
    for (let row = 0, at = 0; row < part; row++) {
      kl[from + row] += found.kl[row] * share
      const own = (from + row) * columns
      for (const column of columnOf) cells[own + column] += found.nats[at++] * share
    }
    const begin = from * width
    for (let at = 0; at < part * width; at++) center[begin + at] += found.center[at] * share
  }
  await passes.draw(rows, draws, add, { condition, signal })
  const alone = new Float64Array(count * columns)
  aloneNats(rows, alone)
  const reconstruction = new Float64Array(count)
  const shares = new Float64Array(cells.length)
  for (let row = 0, at = 0; row < count; row++)
    for (const end = at + columns; at < end; at++) {
      reconstruction[row] += cells[at]
      shares[at] = cells[at] + ALONE_WEIGHT * alone[at]
    }
  const nats = { kl, cells, alone, reconstruction }
  detectors?.evidence?.(rows, layout, { ...nats, shares, center })
  const combined = combine && detectors && combine(detectors.measure(rows, nats))
  // Models keep scores as float32, and equal ones must stay equal.
  const score = (combined?.score ?? cellNats(nats)).map(Math.fround)
  return { ...nats, score, shares, center, found: combined?.found }
}

/** The column of each entry of a row's nats. */
const columnsOfEntries = (layout: TableLayout): Uint32Array =>
  Uint32Array.from(
    entriesOf(layout).columns.flatMap(({ column, from, to }) => new Array(to - from).fill(column)),
  )
