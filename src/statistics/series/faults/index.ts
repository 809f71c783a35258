/** What odd stretches look like. */
import { periodOf } from '../period.ts'
import type { FaultOf, JudgedSeries, Named, Suspect } from './fault.ts'
import { rhythm } from './rhythm.ts'
import { shift } from './shift.ts'
import { spike } from './spike.ts'
import { stuck } from './stuck.ts'
import { swap } from './swap.ts'
import { trend } from './trend.ts'

/** In their order: the first that fits is said. */
const faults: readonly FaultOf[] = [stuck, swap, spike, trend, shift, rhythm]

/** What each odd stretch of a series looks like, where it is one of columns that are judged and looks like anything. */
export function faultsOf(judged: JudgedSeries): (Named | undefined)[] {
  const { series, expected, spans } = judged
  const { width, data, known } = series
  const healed = data.map((x, at) => (known[at] === 1 ? x : expected[at]))
  for (const { column, from, to } of spans)
    for (let row = from; row < to; row++) healed[row * width + column] = expected[row * width + column]
  const columns = new Map<number, Float64Array>()
  const healedColumn = (column: number) => {
    const own =
      columns.get(column) ??
      Float64Array.from({ length: healed.length / width }, (_, row) => healed[row * width + column])
    columns.set(column, own)
    return own
  }
  const periods = new Map<number, number | undefined>()
  const period = (column: number) => {
    if (!periods.has(column)) periods.set(column, periodOf(healedColumn(column)))
    return periods.get(column)
  }
  return spans.map((span) => {
    const suspect: Suspect = {
      ...{ ...judged, span, healed, healedColumn },
      period: () => period(span.column),
    }
    for (const faultOf of faults) {
      const named = faultOf(suspect)
      if (named) return named
    }
    return undefined
  })
}
