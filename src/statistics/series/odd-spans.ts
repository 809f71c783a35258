/** Stretches of rows that are odd in a column. */

/** Rows from the first to before the last in which much speaks against a column. */
export interface OddSpan {
  readonly column: number
  readonly from: number
  readonly to: number
  /** The most that speaks against one of its cells, in nats. */
  readonly most: number
}

/** What speaks against a stretch at least, against its oddest cell, and against each of the others, in nats. */
const WHOLE = 20
const PEAK = 8
const EDGE = 3
/** What is less odd than this share of the oddest cell is no end of a stretch: it lies beside it. */
const SHOULDER = 0.25
/** So many rows that are as usual do not end a stretch: a fault may meet what is expected for a while. */
const BETWEEN = 4

/** Odd stretches of each column of one series, by what speaks against its cells [rows × columns]; the oddest first. */
export function oddSpans(shares: ArrayLike<number>, columns: number): OddSpan[] {
  const found: OddSpan[] = []
  for (let column = 0; column < columns; column++) {
    let [from, to, most, whole] = [-1, -1, 0, 0]
    const end = () => {
      if (from < 0 || most < PEAK || whole < WHOLE) return
      while (shares[from * columns + column] < SHOULDER * most) from++
      while (shares[(to - 1) * columns + column] < SHOULDER * most) to--
      found.push({ column, from, to, most })
    }
    for (let row = 0, at = column; at < shares.length; row++, at += columns) {
      if (shares[at] < EDGE) continue
      if (from < 0 || row - to > BETWEEN) {
        end()
        ;[from, most, whole] = [row, 0, 0]
      }
      ;[to, most, whole] = [row + 1, Math.max(most, shares[at]), whole + shares[at]]
    }
    end()
  }
  return found.sort((a, b) => b.most - a.most || a.from - b.from)
}
