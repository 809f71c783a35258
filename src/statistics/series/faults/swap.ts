import { distanceOf, valuesOf, windowsOn } from './distances.ts'
import type { FaultOf } from './fault.ts'

const FEWEST = 2
/** The share of both stretches that lies in both. */
const COMMON = 0.5
/** The share of the squared distance that is left with the values changed back. */
const LEFT = 0.15

/** Its values belong to another column that is odd at the same time, and the other's to it. */
export const swap: FaultOf = (suspect) => {
  const { span, spans } = suspect
  let best: { readonly with: number; readonly left: number } | undefined
  for (const other of spans) {
    if (other.column === span.column) continue
    const [from, to] = [Math.max(span.from, other.from), Math.min(span.to, other.to)]
    const longest = Math.max(span.to - span.from, other.to - other.from)
    if (to - from < FEWEST || to - from < COMMON * longest) continue
    const columns = [span.column, other.column] as const
    const distance = (values: Float64Array) => distanceOf(windowsOn(suspect, { columns, from, to }, values))
    const asSeen = Float64Array.from(
      columns.flatMap((column) => [...valuesOf(suspect, column, { from, to })]),
    )
    const left = distance(suspect.exchanged(columns, from, to)) / distance(asSeen)
    if (left < (best?.left ?? LEFT)) best = { with: other.column, left }
  }
  return best && { fault: { kind: 'swap', with: best.with } }
}
