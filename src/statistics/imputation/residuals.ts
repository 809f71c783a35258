import { orderStatistic } from '../../base/math/quantile.ts'
import { normalQuantile } from '../../base/random.ts'
import type { GapTable } from './gap-table.ts'
import type { HiddenCells } from './trials.ts'

/** Quantiles of residuals at even shares. */
export const KNOTS = 21
/** Of a standard normal number, those shares' quantiles. */
export const SCORES: readonly number[] = Array.from({ length: KNOTS }, (_, knot) =>
  normalQuantile((knot + 0.5) / KNOTS),
)
/** Cells for which the quantiles of all columns together stand in each. */
const POOLED = 40

/** Of each number's slot, quantiles of encoded residuals over the joint Gaussian's spread [width × knots]; 0 elsewhere. */
export function residualKnots(
  { columns, width, scales }: GapTable,
  cells: readonly HiddenCells[],
  said: readonly Float64Array[],
): Float32Array {
  const residuals = Array.from({ length: width }, (): number[] => [])
  for (const [place, { at, slots, kind }] of columns.entries()) {
    if (kind !== 'number') continue
    const { encoded, spread } = cells[place]
    for (let i = 0; i < encoded.length; i++) {
      const scale = scales[at + (i % slots)]
      const fill = scale ? scale.toEncoded(said[place][i]) : said[place][i]
      residuals[at + (i % slots)].push((encoded[i] - fill) / spread[i])
    }
  }
  const pooled = knotsOf(Float64Array.from(residuals.flat()))
  const out = new Float32Array(width * KNOTS)
  for (const { at, slots, kind } of columns)
    for (let slot = at; kind === 'number' && slot < at + slots; slot++) {
      const own = residuals[slot]
      const knots = own.length > 0 ? knotsOf(Float64Array.from(own)) : pooled
      for (let knot = 0; knot < KNOTS; knot++)
        out[slot * KNOTS + knot] = (own.length * knots[knot] + POOLED * pooled[knot]) / (own.length + POOLED)
    }
  return out
}

/** Quantiles of some numbers; those of a standard normal one where there are none. */
function knotsOf(numbers: Float64Array): readonly number[] {
  if (numbers.length === 0) return SCORES
  const sorted = numbers.sort()
  return SCORES.map((_, knot) => orderStatistic(sorted, (knot + 0.5) / KNOTS))
}

/** The residual at a standard normal score, linear between the knots and past them. */
export function residualAt(knots: Float32Array, from: number, score: number): number {
  let at = 0
  while (at < KNOTS - 2 && score > SCORES[at + 1]) at++
  const [low, high] = [knots[from + at], knots[from + at + 1]]
  return low + ((score - SCORES[at]) / (SCORES[at + 1] - SCORES[at])) * (high - low)
}
