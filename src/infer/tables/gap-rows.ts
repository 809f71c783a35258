import type { TableLayout } from '../../data/tables/layout.ts'
import type { ColumnSchema, TableSchema } from '../../data/tables/schema.ts'
import type { GapShape, GapTable } from '../../statistics/imputation/gap-table.ts'
import { type Moments, type SlotScale, slotScale, unitOf } from '../../statistics/imputation/scales.ts'

/** Encoded numbers are held within this many standard deviations: what lies farther must not bend everything. */
const FARTHEST = 20

/** A model's encoded rows as imputers see them, and back. */
export interface GapRows {
  readonly shape: GapShape
  /** Rows [n × width of the layout] as a table with gaps. */
  table(rows: Float32Array): GapTable
  /** Puts targets [n × value slots] where rows have gaps, and marks those as known, in place. */
  fill(rows: Float32Array, targets: Float64Array): Float32Array
}

/** Moments of every value slot in the unit of its table [2 × slots]; 0 and 1 where its targets are what is encoded. */
export function unitMoments(rows: Float32Array, schema: TableSchema, layout: TableLayout): Float32Array {
  const moments = new Float32Array(2 * layout.values)
  for (const { column, slots, mask } of placed(schema, layout)) {
    const unit = unitOf(column)
    for (const slot of slots) moments.set([0, 1], 2 * slot)
    if (!unit) continue
    const [slot] = slots
    const known: number[] = []
    for (let from = 0; from < rows.length; from += layout.width)
      if (rows[from + mask] === 1) known.push(unit(rows[from + slot]))
    const mean = known.reduce((sum, x) => sum + x, 0) / Math.max(known.length, 1)
    const square = known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(known.length, 1)
    moments.set([mean, Math.sqrt(square) || 1], 2 * slot)
  }
  return moments
}

/** How a model's rows and tables with gaps belong together; `moments` are those of `unitMoments`. */
export function gapRows(schema: TableSchema, layout: TableLayout, moments: ArrayLike<number>): GapRows {
  const { width, values } = layout
  const columns = placed(schema, layout)
  const scales = new Array<SlotScale>(values)
  for (const { column, slots } of columns)
    for (const slot of slots) scales[slot] = slotScale(column, momentsAt(moments, slot))
  const shape: GapShape = {
    width: values,
    columns: columns.map(({ group, slots }) => ({
      at: slots[0],
      slots: slots.length,
      kind: group === 'binary' || group === 'categorical' ? 'chances' : 'number',
    })),
    scales: scales.map(({ target }) => target),
  }
  return {
    shape,
    table(rows) {
      const count = rows.length / width
      const encoded = new Float64Array(count * values)
      const targets = new Float64Array(count * values)
      const known = new Uint8Array(count * columns.length)
      for (let row = 0; row < count; row++)
        for (const [place, { slots, mask }] of columns.entries()) {
          if (rows[row * width + mask] !== 1) continue
          known[row * columns.length + place] = 1
          for (const slot of slots) {
            const own = held(scales[slot].fromModel(rows[row * width + slot]))
            encoded[row * values + slot] = own
            targets[row * values + slot] = shape.scales[slot]?.toTarget(own) ?? own
          }
        }
      return { ...shape, count, encoded, targets, known }
    },
    fill(rows, targets) {
      const filled = rows.slice()
      for (let row = 0; row * width < rows.length; row++)
        for (const { slots, mask } of columns) {
          if (rows[row * width + mask] === 1) continue
          filled[row * width + mask] = 1
          for (const slot of slots) {
            const target = targets[row * values + slot]
            filled[row * width + slot] = scales[slot].toModel(shape.scales[slot]?.toEncoded(target) ?? target)
          }
        }
      return filled
    },
  }
}

const held = (encoded: number): number => Math.min(Math.max(encoded, -FARTHEST), FARTHEST)

const momentsAt = (moments: ArrayLike<number>, slot: number): Moments => ({
  mean: moments[2 * slot],
  deviation: moments[2 * slot + 1],
})

/** The modelled columns of a schema with their places in a row. */
function placed(schema: TableSchema, layout: TableLayout) {
  const columns = new Map(schema.columns.map((column): [string, ColumnSchema] => [column.name, column]))
  return layout.columns.map(({ name, ...place }) => ({ ...place, column: columns.get(name) as ColumnSchema }))
}
