import { quantile } from '../../base/math/quantile.ts'
import { areNumbers, FEWEST_ROWS, type NumberColumn, type RuleColumn, SURE } from './columns.ts'
import { madeBy, madeFrom, type Rule, type RuleOf } from './rule.ts'

/** Shifts of one column against the other that stand for chance. */
const SHIFTS = 16

/** Numbers, or dates, that are never above others though they would be by chance: 14 broken rows are expected, none is there. */
export function findOrders(columns: readonly RuleColumn[]): RuleOf<'order'>[] {
  const compared = columns.filter(areNumbers)
  const found: RuleOf<'order'>[] = []
  for (const low of compared)
    for (const high of compared) {
      if (low === high || low.kind !== high.kind) continue
      const order = orderOf(low, high)
      if (order && !isImplied(found, order)) found.push(order)
    }
  const follows = (low: string, high: string) => found.some((one) => one.low === low && one.high === high)
  return found.filter(
    ({ low, high }) => !columns.some(({ name }) => follows(low, name) && follows(name, high)),
  )
}

/**
 * Orders of which each makes the higher column from the nearest lower one, by how far they lie apart, wherever no other rule
 * makes it: so no row has to be drawn anew.
 */
export function makingOrders(
  orders: readonly RuleOf<'order'>[],
  columns: readonly RuleColumn[],
  rules: readonly Rule[],
): RuleOf<'order'>[] {
  const named = new Map(columns.filter(areNumbers).map(({ name, values }) => [name, values]))
  const gapsOf = ({ low, high }: RuleOf<'order'>): Float64Array => {
    const [a, b] = [named.get(low), named.get(high)] as [Float64Array, Float64Array]
    return b
      .map((value, row) => value - a[row])
      .filter((gap) => !Number.isNaN(gap))
      .sort()
  }
  const measured = orders.map((order) => ({ order, middle: quantile(gapsOf(order), 0.5) }))
  const nearest = measured.sort((a, b) => a.middle - b.middle)
  const made: RuleOf<'order'>[] = []
  for (const { order } of nearest) {
    const all = [...rules, ...made]
    const isMade = all.some((rule) => madeBy(rule) === order.high)
    if (isMade || madeFrom(all, order.low, order.high)) made.push(order)
    else {
      const gaps = gapsOf(order)
      const knots = Array.from({ length: QUANTILES }, (_, knot) => quantile(gaps, knot / (QUANTILES - 1)))
      made.push({ ...order, gaps: knots })
    }
  }
  return made
}

const QUANTILES = 65

/** Two columns that are equal are in order both ways; one is enough. */
const isImplied = (found: readonly RuleOf<'order'>[], { low, high }: RuleOf<'order'>): boolean =>
  found.some((other) => other.low === high && other.high === low)

function orderOf(low: NumberColumn, high: NumberColumn): RuleOf<'order'> | undefined {
  const [a, b] = [low.values, high.values]
  const known: number[] = []
  let ties = 0
  for (let row = 0; row < a.length; row++) {
    if (Number.isNaN(a[row]) || Number.isNaN(b[row])) continue
    if (a[row] > b[row]) return undefined
    if (a[row] === b[row]) ties++
    known.push(row)
  }
  if (known.length < FEWEST_ROWS || known.length * brokenByChance(a, b, known) < SURE) return undefined
  return { kind: 'order', low: low.name, high: high.name, strict: ties === 0 }
}

/** The share of rows that would break the order if the columns knew nothing of each other. */
function brokenByChance(a: Float64Array, b: Float64Array, known: readonly number[]): number {
  let broken = 0
  for (let shift = 1; shift <= SHIFTS; shift++) {
    const by = Math.max(1, Math.floor((shift * known.length) / (SHIFTS + 1)))
    for (let at = 0; at < known.length; at++) if (a[known[at]] > b[known[(at + by) % known.length]]) broken++
  }
  return broken / (SHIFTS * known.length)
}
