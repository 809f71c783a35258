import { findGaps, type GapShape, type GapTable, newGaps } from './gap-table.ts'
import { deviations, unpacked } from './gaussians.ts'
import { condition, newConditional } from './mixture.ts'
import { KNOTS, residualAt } from './residuals.ts'

/** Moves a row's missing numbers, in place, from their fill to a draw around it; `normal` are standard normal [width]. */
export type DrawResiduals = (
  table: GapTable,
  row: number,
  normal: Float32Array,
  targets: Float64Array,
) => void

/**
 * Draws of missing numbers about their fills: together as the joint Gaussian says, each with the spread that residuals of
 * hidden cells had. Without a Gaussian nothing is moved.
 */
export function residualDrawer(
  gaussian: Float32Array | undefined,
  knots: Float32Array,
  { width, columns, scales }: GapShape,
): DrawResiduals {
  if (!gaussian) return () => {}
  const [component] = unpacked(gaussian, width)
  const gaps = newGaps(width)
  const conditional = newConditional(width)
  const spread = new Float64Array(width)
  const numbers = new Set(
    columns.flatMap(({ at, slots, kind }) =>
      kind === 'number' ? Array.from({ length: slots }, (_, i) => at + i) : [],
    ),
  )
  return (table, row, normal, targets) => {
    findGaps(table, row, gaps)
    if (gaps.count === 0) return
    condition(component, table.encoded, row * width, gaps, conditional)
    deviations(conditional, gaps.count, spread)
    const scores = correlated(conditional.factor, gaps.count, normal)
    for (let gap = 0; gap < gaps.count; gap++) {
      const slot = gaps.slots[gap]
      if (!numbers.has(slot)) continue
      const scale = scales[slot]
      const fill = scale ? scale.toEncoded(targets[slot]) : targets[slot]
      const own = fill + spread[gap] * residualAt(knots, slot * KNOTS, scores[gap] / spread[gap])
      targets[slot] = scale ? scale.toTarget(own) : own
    }
  }
}

/** A draw from N(0, (LLᵀ)⁻¹): solves Lᵀy = normal. */
function correlated(factor: Float64Array, count: number, normal: Float32Array): Float64Array {
  const out = new Float64Array(count)
  for (let a = count - 1; a >= 0; a--) {
    let left = normal[a]
    for (let k = a + 1; k < count; k++) left -= factor[k * count + a] * out[k]
    out[a] = left / factor[a * count + a]
  }
  return out
}
