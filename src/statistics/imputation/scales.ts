import { backward, forward } from '../../data/tables/real-transform.ts'
import type { ColumnSchema } from '../../data/tables/schema.ts'
import type { Scale } from './gap-table.ts'

/** How a slot of an encoded row of a model becomes one of a gap table, and back. */
export interface SlotScale {
  /** A model's number, near to normal. */
  fromModel(value: number): number
  toModel(encoded: number): number
  /** Absent where targets are the encoded numbers. */
  readonly target?: Scale
}

export interface Moments {
  readonly mean: number
  readonly deviation: number
}

const asIs: SlotScale = { fromModel: (x) => x, toModel: (x) => x }

/** The number in the table's unit that a model's number stands for; undefined where they differ by a shift and a scale. */
export function unitOf(column: ColumnSchema): ((value: number) => number) | undefined {
  if (column.kind === 'count') return (value) => value
  if (column.kind !== 'real' || column.transform.name === 'none') return undefined
  const back = backward(column.transform)
  const { scale, center, low, high } = column
  return (value) => Math.min(Math.max(back(value * scale + center), low), high)
}

/** Scale of a column's slot, whose numbers in the table's unit have these moments. */
export function slotScale(column: ColumnSchema, { mean, deviation }: Moments): SlotScale {
  if (column.kind === 'count') {
    // Anscombe 1948: the root of a Poisson count has a variance of about ¼, whatever its mean.
    const rootOf = (count: number) => 2 * Math.sqrt(Math.max(count, 0) + 0.375)
    const countOf = (root: number) => Math.max((root / 2) ** 2 * Math.sign(root) - 0.375, 0)
    return {
      fromModel: rootOf,
      toModel: countOf,
      target: scaled(
        (root) => Math.min(Math.max(countOf(root), column.low), column.high),
        rootOf,
        mean,
        deviation,
      ),
    }
  }
  const unit = unitOf(column)
  if (unit === undefined || column.kind !== 'real') return asIs
  const map = forward(column.transform)
  const { center, scale } = column
  return { ...asIs, target: scaled(unit, (value) => (map(value) - center) / scale, mean, deviation) }
}

const scaled = (
  unit: (x: number) => number,
  back: (value: number) => number,
  mean: number,
  deviation: number,
): Scale => ({
  toTarget: (encoded) => (unit(encoded) - mean) / deviation,
  toEncoded: (target) => back(target * deviation + mean),
})
