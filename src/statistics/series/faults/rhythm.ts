import type { FaultOf, Suspect } from './fault.ts'

/** A stretch is so long at least, in rounds. */
const LEAST = 0.25
/** Rounds on either side that tell what a round is like. */
const ROUNDS = 3
/** How much of the round is left in the stretch at most, and in the rest of the column at least. */
const LEFT = 0.5
const ELSEWHERE = 0.7

/** The column comes round elsewhere, and not here. */
export const rhythm: FaultOf = (suspect) => {
  const { span } = suspect
  const period = suspect.period()
  if (period === undefined || span.to - span.from < LEAST * period) return undefined
  const own = suspect.healedColumn(span.column)
  const usual = (row: number) => roundAt(own, row, period)
  const isRegular = followed(own, usual, { from: 0, to: own.length }) >= ELSEWHERE
  if (!isRegular) return undefined
  const seen = Float64Array.from(own)
  for (let row = span.from; row < span.to; row++) seen[row] = valueAt(suspect, row)
  return followed(seen, usual, span) <= LEFT ? { fault: { kind: 'rhythm', period } } : undefined
}

const valueAt = ({ series: { data, width }, span: { column } }: Suspect, row: number): number =>
  data[row * width + column]

/** What stands at a place of the round elsewhere; NaN where nothing is known. */
function roundAt(column: Float64Array, row: number, period: number): number {
  let [sum, count] = [0, 0]
  for (let round = -ROUNDS; round <= ROUNDS; round++) {
    const at = row + round * period
    if (round === 0 || at < 0 || at >= column.length) continue
    sum += column[at]
    count++
  }
  return count > 0 ? sum / count : Number.NaN
}

/** The share of a round that numbers follow: the slope of a line through both. */
function followed(
  numbers: Float64Array,
  usual: (row: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const expected = Float64Array.from({ length: to - from }, (_, row) => usual(from + row))
  const count = to - from
  let [x, y] = [0, 0]
  for (let row = 0; row < count; row++) {
    x += expected[row] / count
    y += numbers[from + row] / count
  }
  let [product, squares] = [0, 0]
  for (let row = 0; row < count; row++) {
    product += (expected[row] - x) * (numbers[from + row] - y)
    squares += (expected[row] - x) ** 2
  }
  return squares > 0 ? product / squares : 1
}
