import { FEWEST_ROWS, numbersOf, type RuleColumn, SURE } from './columns.ts'
import type { RuleOf } from './rule.ts'

/** Shifts of one column against the other that stand for chance. */
const SHIFTS = 16

/** Numbers, or dates, that are never above others though they would be by chance: 14 broken rows are expected, none is there. */
export function findOrders(columns: readonly RuleColumn[]): RuleOf<'order'>[] {
  const compared = columns.filter(({ kind }) => kind !== 'level')
  const found: RuleOf<'order'>[] = []
  for (const low of compared)
    for (const high of compared) {
      if (low === high || low.kind !== high.kind) continue
      const order = orderOf(low, high)
      if (order && !isImplied(found, order)) found.push(order)
    }
  return found
}

/** Two columns that are equal are in order both ways; one is enough. */
const isImplied = (found: readonly RuleOf<'order'>[], { low, high }: RuleOf<'order'>): boolean =>
  found.some((other) => other.low === high && other.high === low)

function orderOf(low: RuleColumn, high: RuleColumn): RuleOf<'order'> | undefined {
  const [a, b] = [numbersOf(low), numbersOf(high)]
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
