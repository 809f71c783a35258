import type { TableLayout } from '../../data/tables/layout.ts'

/** Value slots of a row from which on categorical columns, which have many, are left to the model. */
const WIDEST = 200

/** A column that detectors look at: its place in the schema's order, and which of the view's numbers are its. */
export interface ViewedColumn {
  readonly column: number
  readonly mask: number
  readonly group: TableLayout['columns'][number]['group']
  /** Its slots in an encoded row. */
  readonly slots: readonly number[]
  /** Its first number in the view; the others follow. */
  readonly at: number
}

/** Rows as detectors see them: real numbers, logarithms of counts, and levels, each standardized. */
export interface DetectorView {
  readonly width: number
  readonly columns: readonly ViewedColumn[]
}

export function detectorView({ columns, values }: TableLayout): DetectorView {
  let width = 0
  const viewed = [...columns.entries()].flatMap(([column, { group, slots, mask }]): ViewedColumn[] => {
    if (group === 'categorical' && values > WIDEST) return []
    const at = width
    width += slots.length
    return [{ column, mask, group, slots, at }]
  })
  return { width, columns: viewed }
}

/** Of each number of a view, what is taken off and what the rest is divided by [2 × width]. */
export function scaleOf(view: DetectorView, rows: Float32Array, width: number): Float32Array {
  const scale = new Float32Array(2 * view.width).fill(1, view.width)
  for (const { group, slots, at, mask } of view.columns) {
    const levels = Math.sqrt(Math.max(1, slots.length - 1))
    for (const [place, slot] of slots.entries()) {
      const { mean, deviation } = momentsOf(rows, { width, slot, mask, isCount: group === 'count' })
      scale[at + place] = mean
      // The levels of a column weigh as much together as a number does, and rare ones more than common ones.
      scale[view.width + at + place] =
        group === 'categorical' ? levels * Math.sqrt(Math.max(mean, LEAST_SHARE)) : deviation || 1
    }
  }
  return scale
}

const LEAST_SHARE = 1e-3

const toView = (x: number, isCount: boolean): number => (isCount ? Math.log1p(Math.max(x, 0)) : x)

interface Slot {
  readonly width: number
  readonly slot: number
  readonly mask: number
  readonly isCount: boolean
}

/** Mean and deviation of a slot where it is known; the latter 0 where it does not vary. */
function momentsOf(rows: Float32Array, { width, slot, mask, isCount }: Slot) {
  let [count, mean, squares] = [0, 0, 0]
  for (let from = 0; from < rows.length; from += width) {
    if (rows[from + mask] !== 1) continue
    const off = toView(rows[from + slot], isCount) - mean
    mean += off / ++count
    squares += off * (toView(rows[from + slot], isCount) - mean)
  }
  const deviation = Math.sqrt(squares / Math.max(count, 1))
  return { mean, deviation: deviation < 1e-6 ? 0 : deviation }
}

/** Puts the encoded row that begins at `from` into `out` [width], and 1 into `known` where it says something. */
export function viewRow(
  { width, columns }: DetectorView,
  scale: Float32Array,
  rows: Float32Array,
  from: number,
  { out, known }: { readonly out: Float64Array; readonly known: Uint8Array },
): void {
  for (const { group, slots, at, mask } of columns) {
    const isKnown = rows[from + mask] === 1
    for (let place = 0, to = at; place < slots.length; place++, to++) {
      known[to] = isKnown ? 1 : 0
      const x = toView(rows[from + slots[place]], group === 'count')
      out[to] = isKnown ? (x - scale[to]) / scale[width + to] : 0
    }
  }
}

/** A number of a view as it stands in an encoded row. */
export const fromView = (
  scale: Float32Array,
  { width }: DetectorView,
  to: number,
  x: number,
  group: ViewedColumn['group'],
): number => {
  const own = x * scale[width + to] + scale[to]
  if (group === 'count') return Math.expm1(Math.max(own, 0))
  return group === 'real' ? own : Math.min(1, Math.max(0, own))
}
