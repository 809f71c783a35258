import { cholesky, solveLower, solveLowerTransposed } from '../../base/math/cholesky.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { InGaussian } from '../../statistics/anomaly/kept/robust-gaussian.ts'
import { type DetectorView, fromView, type ViewedColumn, viewRow } from './detector-view.ts'

/** What is said of rows' cells [rows × columns], and what is expected in each, as encoded rows. */
interface SaidOfCells {
  readonly alone: Float64Array
  /** What speaks against each cell, put here. */
  readonly shares: Float64Array
  readonly center: Float32Array
}

/**
 * Says of each known cell of encoded rows what speaks against it, in nats, and what the others lead to expect in its place:
 * half the fall of the row's squared distance without the cell, and what the cell costs alone.
 */
export type CellEvidence = (rows: Float32Array, layout: TableLayout, said: SaidOfCells) => void

/** A cell that the others speak against by so many nats (three standard deviations) is set aside before they are judged. */
const WRONG = 4.5
const MOST_ASIDE = 4

/** A column, and how its numbers vary once all others are known. */
interface Block extends ViewedColumn {
  /** Of a column of one number the precision of that, of others its lower Cholesky factor. */
  readonly precision: Float64Array
}

/**
 * Of a single wrong cell the fall is greatest, however far it is off: it is (Λδ)ⱼ²/Λⱼⱼ, and (Λ·eₖ)ⱼ² ≤ Λⱼⱼ·Λₖₖ. What a
 * model expects hangs on the wrong cell, too, and may blame the others. Of several the one found first is set aside, so
 * that it does not blame others in turn.
 */
export function cellEvidence(view: DetectorView, scale: Float32Array, gaussian: InGaussian): CellEvidence {
  const own = { out: new Float64Array(view.width), known: new Uint8Array(view.width) }
  // Nothing is made for each of a million rows' cells.
  const pulled = new Float64Array(view.width)
  const moves = new Float64Array(view.width)
  const blocks = view.columns.map((column): Block => {
    const own = gaussian.precision(Uint32Array.from(column.slots, (_, place) => column.at + place))
    return { ...column, precision: own.length === 1 ? own : cholesky(own, column.slots.length) }
  })
  /** Judges the cells of a row that are not set aside; says which of them the others speak against most. */
  const judge = (from: number, cell: number, { alone, shares, center }: SaidOfCells, most: number) => {
    gaussian.fill(own.out, own.known)
    gaussian.pull(own.out, pulled)
    let worst: Block | undefined
    for (const block of blocks) {
      const { column, group, at, slots, precision } = block
      if (own.known[at] === 0) continue
      let fall = 0
      if (slots.length === 1) {
        const move = pulled[at] / precision[0]
        fall = move * pulled[at]
        center[from + slots[0]] = fromView(scale, view, at, own.out[at] - move, group)
      } else {
        for (let slot = 0; slot < slots.length; slot++) moves[slot] = pulled[at + slot]
        solveLower(precision, slots.length, moves)
        solveLowerTransposed(precision, slots.length, moves)
        for (let slot = 0; slot < slots.length; slot++) {
          const to = at + slot
          fall += moves[slot] * pulled[to]
          center[from + slots[slot]] = fromView(scale, view, to, own.out[to] - moves[slot], group)
        }
      }
      shares[cell + column] = Math.min(fall / 2 + alone[cell + column], most)
      if (fall / 2 > WRONG && !(worst && shares[cell + worst.column] >= shares[cell + column])) worst = block
    }
    return worst
  }
  return (rows, { width, columns }, said) => {
    for (let from = 0, cell = 0; from < rows.length; from += width, cell += columns.length) {
      viewRow(view, scale, rows, from, own)
      let most = Number.POSITIVE_INFINITY
      for (let round = 0; round <= MOST_ASIDE; round++) {
        const worst = judge(from, cell, said, most)
        if (!worst || round === MOST_ASIDE) break
        most = said.shares[cell + worst.column]
        own.known.fill(0, worst.at, worst.at + worst.slots.length)
      }
    }
  }
}
